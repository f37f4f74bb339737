package clinic.scheduling.meetings.compare;

import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.VisitType;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.meetings.block.BlockRunner;
import clinic.scheduling.meetings.plan.BlockEffect;
import clinic.scheduling.meetings.plan.CalendarMeetings;
import clinic.scheduling.meetings.plan.CalendarMeetings.State;
import clinic.scheduling.meetings.plan.KnownBlock;
import clinic.scheduling.meetings.plan.MeetingPlan;
import clinic.scheduling.meetings.plan.StoredMeeting;
import clinic.scheduling.meetings.plan.WantedBlock;
import clinic.scheduling.meetings.rows.Conflicts;
import clinic.scheduling.meetings.rows.Conflicts.Conflict;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.meetings.rows.PendingWork;
import clinic.scheduling.meetings.rows.RoundRecord;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the meetings of one clinician with the blocks in Canvas: the calendars are read afresh
 * and whole, Canvas's appointments are given.
 */
@Singleton
public final class CompareMeetings {
  private static final Duration ONE_ROW = Duration.ofSeconds(6);
  private static final Duration ONE_CANCELLATION = Duration.ofSeconds(20);

  private final FreshMeetings fresh;
  private final MeetingStore store;
  private final Conflicts conflicts;
  private final PendingWork pending;
  private final BlockRunner blocks;
  private final Rows rows;
  private final ReopenBlock reopen;
  private final Practice practice;
  private final String system;
  private final byte[] digestKey;
  private final Clock clock;
  private final Duration bookingWindow;

  public CompareMeetings(
      FreshMeetings fresh,
      MeetingStore store,
      Conflicts conflicts,
      PendingWork pending,
      BlockRunner blocks,
      Rows rows,
      Practice practice,
      IdentifierSystem system,
      SignedTokens tokens,
      Clock clock) {
    this.fresh = fresh;
    this.store = store;
    this.conflicts = conflicts;
    this.pending = pending;
    this.blocks = blocks;
    this.rows = rows;
    this.reopen = new ReopenBlock(rows, clock);
    this.practice = practice;
    this.system = system.uri();
    this.digestKey = StoredMeeting.digestKey(tokens);
    this.clock = clock;
    this.bookingWindow =
        Duration.ofDays(
            practice.visitTypes().stream().mapToInt(VisitType::bookingWindowDays).max().orElse(0));
  }

  /**
   * The calendars of a clinician whose meetings block time in Canvas. {@link #compare} reads them.
   */
  public List<CalendarBinding> blocking(String practitioner) {
    return practice.calendarsThatBlock(practitioner);
  }

  /**
   * Compares. Reads only; what cannot be read is named in the report. Nothing outside the table is
   * read if no calendar of the clinician blocks time, and the table is not read either unless
   * Canvas shows blocks.
   *
   * <p>Only blocks that end after this moment are compared, since earlier ones take no time that
   * anybody could book. While calendars block time, only blocks that begin within the longest
   * booking window are compared: further ahead, the mirror may not have read the meetings yet.
   *
   * @param practitioner the Canvas staff key
   * @param window the time to compare
   * @param appointments all appointments of the clinician that start in the window
   */
  public MeetingReport compare(
      String practitioner, Interval window, Collection<Appointment> appointments) {
    List<CalendarBinding> bindings = blocking(practitioner);
    Instant now = clock.instant();
    Instant end =
        bindings.isEmpty() ? window.end() : earlier(window.end(), now.plus(bookingWindow));
    Optional<Interval> compared = Interval.between(later(window.start(), now), end);
    Predicate<Interval> isCompared =
        time ->
            compared.filter(time::overlaps).isPresent()
                && !time.start().isBefore(window.start()); // earlier ones may not be given
    List<ShownBlock> shown =
        ShownBlock.among(appointments, system).stream()
            .filter(one -> isCompared.test(one.time()))
            .toList();
    return compared.isEmpty() || (bindings.isEmpty() && shown.isEmpty())
        ? MeetingReport.NOTHING
        : compare(practitioner, bindings, compared.get(), isCompared, shown);
  }

  private MeetingReport compare(
      String practitioner,
      List<CalendarBinding> bindings,
      Interval window,
      Predicate<Interval> isCompared,
      List<ShownBlock> shown) {
    List<RoundRecord> rounds = store.rounds(practitioner);
    Set<String> stopped = stopped(rounds);
    Map<String, String> unread = new LinkedHashMap<>();
    List<CalendarMeetings> calendars = new ArrayList<>();
    for (CalendarBinding binding : bindings) {
      Interval whole = withStored(window, binding, rounds);
      if (stopped.contains(binding.key())) {
        calendars.add(stoppedCalendar(practitioner, binding, whole));
      } else {
        FreshMeetings.Result read = fresh.read(practitioner, binding, whole);
        read.unread().ifPresent(why -> unread.put(binding.key(), why));
        calendars.add(read.calendar());
      }
    }
    List<KnownBlock> known = store.blocks(practitioner);
    Map<String, WantedBlock> wanted =
        MeetingPlan.wanted(calendars, known).values().stream()
            .filter(one -> isCompared.test(one.time()) && !stopped.contains(one.calendar()))
            .collect(Collectors.toMap(WantedBlock::block, Function.identity()));
    List<Conflict> refusals = conflicts.of(practitioner);
    List<MeetingFinding> findings =
        new MeetingComparison(
                wanted,
                shown,
                known,
                blocks(refusals, one -> one.isRefusal() && !one.isCovered()),
                blocks(refusals, Conflict::isBesideVisit),
                blocks(refusals, Conflict::isCovered),
                digestKey,
                stopped.isEmpty() && calendars.stream().allMatch(it -> it.state() == State.READ))
            .findings();
    Map<String, String> series = series(practitioner, rounds, findings);
    return new MeetingReport(
        findings,
        wanted.size(),
        shown.size(),
        units(findings.stream().filter(MeetingFinding::isRemoval), series),
        shown.stream().map(ShownBlock::block).map(it -> unit(it, series)).distinct().count(),
        unread,
        stopped,
        Stream.concat(
                bindings.stream().map(CalendarBinding::key),
                rounds.stream().map(RoundRecord::binding))
            .collect(Collectors.toSet()));
  }

  /**
   * The window with all of the time whose meetings the mirror has stored. The name of a block can
   * depend on another event of the same meeting (docs/decisions/0054-one-meeting-at-two-times.md),
   * which may be over or lie beyond the window, and the mirror knows that event.
   */
  private static Interval withStored(
      Interval window, CalendarBinding binding, List<RoundRecord> rounds) {
    return rounds.stream()
        .filter(round -> round.binding().equals(binding.key()))
        .flatMap(round -> round.window().stream())
        .findFirst()
        .map(window::spanning)
        .orElse(window);
  }

  /** What the table has of a calendar that a guard has stopped: it decides names, as in a plan. */
  private CalendarMeetings stoppedCalendar(
      String practitioner, CalendarBinding binding, Interval window) {
    return new CalendarMeetings(
        binding.key(),
        binding.meetings(),
        practice.zoneOfMeetings(binding),
        window,
        State.STOPPED,
        List.copyOf(store.meetings(practitioner, binding.key()).meetings().values()));
  }

  private static Set<String> stopped(List<RoundRecord> rounds) {
    return rounds.stream()
        .filter(round -> round.stopped().isPresent())
        .map(RoundRecord::binding)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> blocks(List<Conflict> refusals, Predicate<Conflict> which) {
    return refusals.stream().filter(which).map(Conflict::block).collect(Collectors.toSet());
  }

  /**
   * The series of each block whose meeting the table still has. It is read only if there are
   * removals, for the guard.
   */
  private Map<String, String> series(
      String practitioner, List<RoundRecord> rounds, List<MeetingFinding> findings) {
    Map<String, String> series = new HashMap<>();
    if (findings.stream().anyMatch(MeetingFinding::isRemoval)) {
      rounds.stream()
          .flatMap(
              round -> store.meetings(practitioner, round.binding()).meetings().values().stream())
          .forEach(meeting -> series.put(meeting.block(), meeting.unit()));
    }
    return series;
  }

  private static long units(Stream<MeetingFinding> findings, Map<String, String> series) {
    return findings.map(it -> unit(it.block(), series)).distinct().count();
  }

  private static String unit(String block, Map<String, String> series) {
    return series.getOrDefault(block, block);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * What was done.
   *
   * @param prepared findings that the next round of the mirror repairs
   * @param removed blocks that were cancelled here
   * @param undone findings that a worker is changing at this moment, that failed, or for which
   *     there was no time; the next comparison finds them again
   */
  public record Repaired(int prepared, int removed, int undone) {
    public static final Repaired NOTHING = new Repaired(0, 0, 0);
  }

  /**
   * Makes the next round of the mirror repair the findings. The caller then queues a {@code
   * CalendarChange} for each calendar of the report. Two kinds of findings are repaired here,
   * because no round would do so: duplicates, and blocks of a clinician who has no calendar to
   * read. Nothing is done for findings that are up to the clinic.
   *
   * @param hasTime whether there is time for one more repair
   * @throws clinic.scheduling.core.UnavailableException if Canvas does not answer
   */
  public Repaired repair(String practitioner, MeetingReport report, Predicate<Duration> hasTime) {
    List<MeetingFinding> repairable =
        report.findings().stream().filter(it -> !it.isForTheClinic()).toList();
    if (!repairable.isEmpty()) {
      pending.begin(practitioner);
    }
    int prepared = 0;
    int removed = 0;
    for (MeetingFinding one : repairable) {
      boolean isDuplicate = one.kind() == MeetingFinding.Kind.DUPLICATE;
      boolean isForMirror = !isDuplicate && !report.calendars().isEmpty();
      if (!hasTime.test(isForMirror ? ONE_ROW : ONE_CANCELLATION)) {
        continue;
      }
      if (isForMirror) {
        prepared += prepare(practitioner, one) ? 1 : 0;
      } else {
        removed +=
            (isDuplicate ? cancelDuplicate(practitioner, one) : cancel(practitioner, one)) ? 1 : 0;
      }
    }
    if (prepared > 0) {
      pending.begin(practitioner); // a round that has begun before may not have seen the new rows
    }
    return new Repaired(prepared, removed, repairable.size() - prepared - removed);
  }

  private boolean cancelDuplicate(String practitioner, MeetingFinding finding) {
    return finding
        .appointment()
        .filter(one -> blocks.cancelDuplicate(practitioner, one.appointment(), one.name()))
        .isPresent();
  }

  private boolean cancel(String practitioner, MeetingFinding finding) {
    return prepare(practitioner, finding)
        && blocks
            .cancel(
                practitioner, new BlockEffect.Cancel(finding.block(), Optional.of(finding.time())))
            .isSettled();
  }

  /**
   * Corrects the row of a block, so that the next plan looks at the block again. A row with an
   * unknown outcome stays: because of it, the next round looks for the block by its name, and does
   * not create a second one.
   *
   * @return false if a worker is changing the block at this moment
   */
  private boolean prepare(String practitioner, MeetingFinding finding) {
    if (!finding.resetsRow()) {
      return true;
    }
    RowKey key = MeetingStore.blockKey(practitioner, finding.block());
    Row row = rows.read(key).orElseGet(() -> Row.fresh(key, Instant.EPOCH, Map.of()));
    return reopen.reopen(row, finding.appointment());
  }
}
