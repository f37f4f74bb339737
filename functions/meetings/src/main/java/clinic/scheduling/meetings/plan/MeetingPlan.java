package clinic.scheduling.meetings.plan;

import clinic.scheduling.calendaraccess.meeting.MeetingPolicy;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.meetings.plan.BlockEffect.Put.Action;
import clinic.scheduling.meetings.plan.CalendarMeetings.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What has to be done so that the blocks of one clinician are those of the meetings in all of the
 * clinician's calendars. Pure, and defined for every input.
 *
 * <ul>
 *   <li>A meeting that is in several calendars has one block, by the rules of the first calendar in
 *       which it blocks time. The block stays until no calendar has the meeting.
 *   <li>While these calendars have the meeting at different times, all of these times are blocked.
 *   <li>A calendar that a guard has stopped keeps no other calendar from blocking time.
 *   <li>No block is created or changed for a calendar that a guard has stopped.
 *   <li>No block is made or changed that is over, unless it leaves a time that can be booked.
 *   <li>No block is cancelled before all calendars were read, or while one of them is stopped.
 *   <li>No block is cancelled that lies outside the window of a calendar, since a meeting there may
 *       still exist.
 * </ul>
 *
 * @param effects cancellations first, so that Canvas does not refuse another block at the same
 *     time; then changes and creations in the order of time
 * @param wanted the blocks that Canvas should have, by digest
 */
public record MeetingPlan(List<BlockEffect> effects, Map<String, WantedBlock> wanted) {
  /** How long we remember a block that is over, so that its name is not used again by mistake. */
  private static final Duration REMEMBERED = Duration.ofDays(30);

  public static MeetingPlan of(
      List<CalendarMeetings> calendars, Collection<KnownBlock> known, Instant now) {
    Map<String, WantedBlock> wanted = wanted(calendars, known);
    Map<String, KnownBlock> byDigest =
        known.stream().collect(Collectors.toMap(KnownBlock::block, Function.identity()));
    Set<String> stopped = stopped(calendars);
    List<BlockEffect> effects =
        Stream.of(
                cancellations(calendars, known, wanted.keySet(), now),
                puts(toCome(wanted.values(), byDigest, now), byDigest, stopped),
                forgotten(known, wanted.keySet(), now))
            .flatMap(it -> it)
            .toList();
    return new MeetingPlan(effects, wanted);
  }

  /**
   * The blocks that the meetings ask for. The calendars are asked in their order, so the first one
   * that has a meeting gives its block the usual name. But a block that already stands at the time
   * of a calendar that a guard has stopped keeps its name: otherwise another calendar could move it
   * to its own time.
   *
   * @param known the blocks so far
   */
  public static Map<String, WantedBlock> wanted(
      List<CalendarMeetings> calendars, Collection<KnownBlock> known) {
    Map<String, Interval> standing = standing(known);
    List<Asked> asked =
        calendars.stream()
            .filter(calendar -> calendar.state() != State.UNREAD)
            .flatMap(calendar -> blocking(calendar).map(one -> new Asked(one, calendar)))
            .toList();
    Map<String, WantedBlock> wanted = new LinkedHashMap<>();
    BlockedTimes times = new BlockedTimes();
    Stream.of(true, false)
        .flatMap(isKept -> asked.stream().filter(one -> isKept == one.isKept(standing)))
        .forEach(
            one ->
                times.add(one.meeting(), one.calendar()).stream()
                    .flatMap(it -> blocks(it, one.calendar()))
                    .forEach(block -> wanted.put(block.block(), block)));
    return wanted;
  }

  private static Map<String, Interval> standing(Collection<KnownBlock> known) {
    Map<String, Interval> standing = new HashMap<>();
    known.stream()
        .filter(KnownBlock::mayExist)
        .forEach(block -> block.time().ifPresent(time -> standing.put(block.block(), time)));
    return standing;
  }

  /** A meeting that asks for a block, and its calendar. */
  private record Asked(BlockingMeeting meeting, CalendarMeetings calendar) {
    /** Whether a guard has stopped the calendar while the usual block stood at this time. */
    boolean isKept(Map<String, Interval> standing) {
      return calendar.state() == State.STOPPED
          && blocks(meeting, calendar)
              .anyMatch(block -> block.time().equals(standing.get(block.block())));
    }
  }

  private static Stream<BlockingMeeting> blocking(CalendarMeetings calendar) {
    return calendar.meetings().stream()
        .sorted(Comparator.comparing(StoredMeeting::event))
        .flatMap(
            meeting ->
                MeetingPolicy.of(meeting.facts(), calendar.rules(), calendar.zone()).time().stream()
                    .map(time -> new BlockingMeeting(meeting, time, meeting.block())));
  }

  private static Stream<WantedBlock> blocks(BlockingMeeting one, CalendarMeetings calendar) {
    return MeetingPolicy.parts(one.time(), calendar.zone(), calendar.window())
        .map(
            part ->
                new WantedBlock(
                    blockOf(one.block(), part),
                    part.time(),
                    calendar.rules().eventType().orElseThrow(),
                    WantedBlock.Title.of(one.meeting(), calendar.rules()),
                    calendar.calendar(),
                    calendar.rules().staffMayFree()));
  }

  private static String blockOf(String block, MeetingPolicy.Part part) {
    return part.day() == 0
        ? block
        : Digest.of("meeting-block-day", block, Integer.toString(part.day()));
  }

  private static Set<String> stopped(List<CalendarMeetings> calendars) {
    return calendars.stream()
        .filter(calendar -> calendar.state() == State.STOPPED)
        .map(CalendarMeetings::calendar)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Leaves out what is over and stays so: nobody can book that time. */
  private static List<WantedBlock> toCome(
      Collection<WantedBlock> wanted, Map<String, KnownBlock> known, Instant now) {
    return wanted.stream()
        .filter(
            one ->
                one.time().end().isAfter(now)
                    || (known.containsKey(one.block()) && !known.get(one.block()).isOverBy(now)))
        .toList();
  }

  private static Stream<BlockEffect> puts(
      Collection<WantedBlock> wanted, Map<String, KnownBlock> known, Set<String> stopped) {
    return wanted.stream()
        .filter(one -> !stopped.contains(one.calendar()))
        .sorted(Comparator.comparing((WantedBlock one) -> one.time().start()))
        .flatMap(one -> put(one, Optional.ofNullable(known.get(one.block()))));
  }

  private static Stream<BlockEffect> put(WantedBlock wanted, Optional<KnownBlock> known) {
    return known.filter(it -> it.isAs(wanted.fingerprint())).isPresent()
        ? Stream.empty()
        : Stream.of(new BlockEffect.Put(wanted, actionFor(wanted, known)));
  }

  private static Action actionFor(WantedBlock wanted, Optional<KnownBlock> known) {
    if (known.filter(KnownBlock::mayExist).isEmpty()) {
      return Action.CREATE;
    }
    return known.flatMap(KnownBlock::time).equals(Optional.of(wanted.time()))
        ? Action.RETITLE
        : Action.MOVE;
  }

  private static Stream<BlockEffect> cancellations(
      List<CalendarMeetings> calendars,
      Collection<KnownBlock> known,
      Set<String> wanted,
      Instant now) {
    return calendars.stream().allMatch(calendar -> calendar.state() == State.READ)
        ? known.stream()
            .filter(one -> !wanted.contains(one.block()) && one.mayExist())
            .filter(one -> isSeen(one, calendars, now))
            .sorted(Comparator.comparing(KnownBlock::block))
            .map(one -> new BlockEffect.Cancel(one.block(), one.time()))
        : Stream.empty();
  }

  /** Whether every calendar would show the meeting of this block, if it still existed. */
  private static boolean isSeen(KnownBlock block, List<CalendarMeetings> calendars, Instant now) {
    return block
        .time()
        .map(
            time ->
                time.end().isAfter(now.minus(Duration.ofDays(1)))
                    && calendars.stream().allMatch(one -> one.window().overlaps(time)))
        .orElse(true);
  }

  private static Stream<BlockEffect> forgotten(
      Collection<KnownBlock> known, Set<String> wanted, Instant now) {
    return known.stream()
        .filter(one -> !wanted.contains(one.block()))
        .filter(one -> one.isOverBefore(now.minus(REMEMBERED)))
        .sorted(Comparator.comparing(KnownBlock::block))
        .map(one -> new BlockEffect.Forget(one.block()));
  }

  /** How many effects cancel a block. */
  public long cancellations() {
    return effects.stream().filter(MeetingPlan::isCancellation).count();
  }

  /** The plan without the effects that cancel a block. */
  public MeetingPlan withoutCancellations() {
    return new MeetingPlan(
        effects.stream().filter(effect -> !isCancellation(effect)).toList(), wanted);
  }

  private static boolean isCancellation(BlockEffect effect) {
    return effect.fold(put -> false, cancel -> true, forget -> false);
  }

  /**
   * Whether other blocks take all of this time.
   *
   * @param others the times of blocks that exist
   */
  public static boolean isCovered(Interval time, Collection<Interval> others) {
    return BlockedTimes.isCovered(time, others);
  }
}
