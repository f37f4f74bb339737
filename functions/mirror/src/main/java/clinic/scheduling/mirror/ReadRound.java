package clinic.scheduling.mirror;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendars.CalendarOutcome.Failure;
import clinic.scheduling.calendars.effect.MeetingRounds;
import clinic.scheduling.calendars.meeting.MeetingChange;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.meetings.plan.CalendarMeetings;
import clinic.scheduling.meetings.plan.RemovalGuard;
import clinic.scheduling.meetings.plan.StoredMeeting;
import clinic.scheduling.meetings.rows.ForcedCalendars;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.meetings.rows.MeetingStore.Stored;
import clinic.scheduling.meetings.rows.MirroredCalendars;
import clinic.scheduling.meetings.rows.PendingWork;
import clinic.scheduling.meetings.rows.RoundRecord;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads what has changed in one calendar, and stores it. Nothing of a round is used unless all of
 * it was read. A round that would take too many meetings away is not stored: the next one reads the
 * same changes again, and goes on if by then the cause is gone.
 */
@Singleton
final class ReadRound {
  private static final Log LOG = Log.of(ReadRound.class);

  /** The longest round, whose last request begins before its end and takes at most ten seconds. */
  static final Duration LONGEST = MeetingSource.LONGEST_ROUND.plusSeconds(10);

  private final MeetingRounds rounds;
  private final MeetingStore store;
  private final MirroredCalendars mirrored;
  private final PendingWork pending;
  private final ForcedCalendars forced;
  private final MeetingWindow windows;
  private final Practice practice;
  private final byte[] digestKey;

  ReadRound(
      MeetingRounds rounds,
      MeetingStore store,
      MirroredCalendars mirrored,
      PendingWork pending,
      ForcedCalendars forced,
      MeetingWindow windows,
      Practice practice,
      SignedTokens tokens) {
    this.rounds = rounds;
    this.store = store;
    this.mirrored = mirrored;
    this.pending = pending;
    this.forced = forced;
    this.windows = windows;
    this.practice = practice;
    this.digestKey = StoredMeeting.digestKey(tokens);
  }

  /**
   * Which calendar to read.
   *
   * @param isWhole whether to read all meetings, and not only what has changed
   * @param isForced whether a person has decided that no guard stops the calendar
   */
  record Calendar(String practitioner, CalendarBinding binding, boolean isWhole, boolean isForced) {
    Calendar whole() {
      return new Calendar(practitioner, binding, true, isForced);
    }
  }

  /** What one round is about. */
  private record Scope(Calendar calendar, RoundRecord round, Interval window, boolean isFull) {
    String practitioner() {
      return calendar.practitioner();
    }

    CalendarBinding binding() {
      return calendar.binding();
    }

    boolean isForced() {
      return calendar.isForced();
    }

    String key() {
      return binding().key();
    }
  }

  /**
   * Reads the calendar. The caller has made sure that there is time for one round.
   *
   * @param subjects takes the subjects of the meetings that were read
   * @return the delay after which the calendar should be read again, if it could not be read
   */
  Optional<Duration> read(Calendar calendar, Subjects subjects, Deadline deadline) {
    String practitioner = calendar.practitioner();
    CalendarBinding binding = calendar.binding();
    mirrored.begin(binding.key(), practitioner);
    RoundRecord round = store.round(practitioner, binding.key());
    Optional<Interval> window = round.window().filter(windows::isEnough);
    boolean isFull = calendar.isWhole() || window.isEmpty() || round.cursor().isEmpty();
    Interval read = isFull ? windows.now(binding) : window.get();
    Scope scope = new Scope(calendar, round, read, isFull);
    MeetingRounds.Result result =
        isFull
            ? rounds.readAll(binding, scope.window())
            : rounds.changesSince(binding, scope.window(), round.cursor().orElseThrow());
    return result
        .round()
        .accept(new HandleRound(scope, subjects, deadline, result.deniedTooLong()));
  }

  /** Handles each answer of the provider. */
  private final class HandleRound implements MeetingRound.Visitor<Optional<Duration>> {
    private final Scope scope;
    private final Subjects subjects;
    private final Deadline deadline;
    private final boolean deniedTooLong;

    HandleRound(Scope scope, Subjects subjects, Deadline deadline, boolean deniedTooLong) {
      this.scope = scope;
      this.subjects = subjects;
      this.deadline = deadline;
      this.deniedTooLong = deniedTooLong;
    }

    @Override
    public Optional<Duration> read(MeetingRound.Read round) {
      round.changes().forEach(this::keepSubject);
      store(round);
      mirrored.read(scope.key(), scope.practitioner());
      return Optional.empty();
    }

    private void keepSubject(MeetingChange change) {
      change
          .fold(present -> Optional.of(present.meeting()), removed -> Optional.<Meeting>empty())
          .ifPresent(
              meeting ->
                  meeting
                      .subject()
                      .ifPresent(
                          subject ->
                              subjects.add(StoredMeeting.digestOfId(meeting.id()), subject)));
    }

    private void store(MeetingRound.Read round) {
      boolean isUsual = !scope.isForced() && scope.round().stopped().isEmpty();
      if (isUsual && !scope.isFull() && round.changes().isEmpty()) {
        ReadRound.this.store.touch(scope.round(), round.cursor(), scope.window());
        return;
      }
      Stored before = ReadRound.this.store.meetings(scope.practitioner(), scope.key());
      Map<String, StoredMeeting> after =
          scope.isFull() ? new HashMap<>() : new HashMap<>(before.meetings());
      round.changes().forEach(change -> apply(change, after, scope));
      Optional<Integer> tooMany = limitReached(after);
      if (tooMany.isPresent()) {
        stop(Stops.TOO_MANY, "limit", tooMany.get());
      } else if (!scope.isForced() && isGuarded(before, after)) {
        stop(Stops.REMOVALS, "meetings", before.meetings().size());
      } else {
        storeAll(round, before, after);
        endForce();
      }
    }

    /** What a person has decided holds for one round that was read. */
    private void endForce() {
      if (scope.isForced()) {
        forced.read(scope.practitioner(), Set.of(scope.key()));
      }
    }

    private boolean isGuarded(Stored before, Map<String, StoredMeeting> after) {
      return RemovalGuard.isTooMany(
          of(before.meetings()), of(after), scope.window(), practice.reconciliation());
    }

    private CalendarMeetings of(Map<String, StoredMeeting> meetings) {
      return new CalendarMeetings(
          scope.key(),
          scope.binding().meetings(),
          practice.zoneOfMeetings(scope.binding()),
          scope.window(),
          CalendarMeetings.State.READ,
          List.copyOf(meetings.values()));
    }

    private void storeAll(
        MeetingRound.Read round, Stored before, Map<String, StoredMeeting> after) {
      // A full round also lets the plan forget blocks that are over.
      boolean isUsual = !scope.isFull() && !scope.isForced() && scope.round().stopped().isEmpty();
      if (!isUsual || !before.meetings().equals(after)) {
        pending.begin(scope.practitioner());
      }
      ReadRound.this.store.store(
          scope.practitioner(),
          scope.round(),
          before,
          after,
          round.cursor(),
          scope.window(),
          stopAfterwards());
      LOG.info(
          "meetings-read",
          "binding",
          scope.key(),
          "full",
          scope.isFull(),
          "changes",
          round.changes().size(),
          "meetings",
          after.size());
    }

    /** The guard that still stops the calendar after a round without a fault. */
    private Optional<String> stopAfterwards() {
      return scope.round().stopped().filter(guard -> !scope.isForced() && Stops.lasts(guard));
    }

    /**
     * Stops the calendar. It is an error once, until the calendar goes on. A guard that only a
     * person can end stays, since the next usual round would end the other one.
     */
    private void stop(String guard, String name, int number) {
      endForce();
      Optional<String> before = scope.round().stopped();
      if (before.filter(it -> it.equals(guard) || Stops.lasts(it)).isPresent()) {
        LOG.warn("meetings-still-stopped", "binding", scope.key(), "guard", before.get());
        return;
      }
      pending.begin(scope.practitioner());
      ReadRound.this.store.stop(scope.practitioner(), scope.key(), guard);
      LOG.error("meetings-stopped", "binding", scope.key(), "guard", guard, name, number);
    }

    /** A full round begins if there is time; a provider that refuses it is asked again later. */
    @Override
    public Optional<Duration> cursorExpired(MeetingRound.CursorExpired round) {
      LOG.info("meetings-cursor-expired", "binding", scope.key());
      if (scope.isFull()) {
        return Optional.of(Duration.ofMinutes(1));
      }
      return deadline.leaves(LONGEST)
          ? ReadRound.this.read(scope.calendar().whole(), subjects, deadline)
          : Optional.of(Duration.ofSeconds(1));
    }

    @Override
    public Optional<Duration> tooMany(MeetingRound.TooMany round) {
      stop(Stops.TOO_MANY, "limit", round.limit());
      return Optional.empty();
    }

    /** After a refusal or a denial, the next poll asks again. */
    @Override
    public Optional<Duration> unreadable(MeetingRound.Unreadable round) {
      Failure why = round.why();
      if (why.isRefused()) {
        LOG.error("meetings-refused", "binding", scope.key(), "code", why.code());
        return Optional.empty();
      }
      if (why.isDenied()) {
        LOG.warn("meetings-denied", "binding", scope.key(), "code", why.code());
        if (deniedTooLong) {
          LOG.error("meetings-denied-for-hours", "binding", scope.key(), "code", why.code());
        }
        return Optional.empty();
      }
      LOG.warn("meetings-unreadable", "binding", scope.key(), "code", why.code());
      return Optional.of(why.pause().orElse(Duration.ofSeconds(15)));
    }
  }

  /**
   * Applies one change. What was one meeting may be a series now, or the other way round: an event
   * is never both.
   */
  private void apply(MeetingChange change, Map<String, StoredMeeting> meetings, Scope scope) {
    String event = StoredMeeting.digestOfId(change.id());
    change
        .fold(present -> Optional.of(present.meeting()), removed -> Optional.<Meeting>empty())
        .map(it -> StoredMeeting.of(it, scope.practitioner(), scope.key(), digestKey))
        .ifPresentOrElse(
            meeting -> {
              meeting
                  .series()
                  .ifPresentOrElse(meetings::remove, () -> removeInstances(event, meetings));
              meetings.put(event, meeting);
            },
            () -> {
              meetings.remove(event);
              removeInstances(event, meetings);
            });
  }

  private static void removeInstances(String series, Map<String, StoredMeeting> meetings) {
    meetings.values().removeIf(it -> it.series().equals(Optional.of(series)));
  }

  /** The limit that the meetings of a calendar exceed. */
  private static Optional<Integer> limitReached(Map<String, StoredMeeting> meetings) {
    if (meetings.size() > MeetingSource.MOST_INSTANCES) {
      return Optional.of(MeetingSource.MOST_INSTANCES);
    }
    return meetings.values().stream()
            .flatMap(it -> it.series().stream())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
            .values()
            .stream()
            .anyMatch(many -> many > MeetingSource.MOST_OF_A_SERIES)
        ? Optional.of(MeetingSource.MOST_OF_A_SERIES)
        : Optional.empty();
  }
}
