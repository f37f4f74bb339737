package clinic.scheduling.mirror;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Meetings;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.meetings.plan.CalendarMeetings;
import clinic.scheduling.meetings.plan.CalendarMeetings.State;
import clinic.scheduling.meetings.plan.RemovalGuard;
import clinic.scheduling.meetings.plan.StoredMeeting;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.meetings.rows.MeetingStore.Stored;
import clinic.scheduling.meetings.rows.MirroredCalendars;
import clinic.scheduling.meetings.rows.PendingWork;
import clinic.scheduling.meetings.rows.RoundRecord;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Forgets the meetings of calendars that no longer block time: the direction has changed, or the
 * calendar or its clinician has left the practice document. The plan then cancels their blocks. If
 * that would take too many blocks away, a person has to force it, since the document may be wrong.
 */
@Singleton
final class ForgetCalendar {
  private static final Log LOG = Log.of(ForgetCalendar.class);

  private final MeetingStore store;
  private final MirroredCalendars mirrored;
  private final PendingWork pending;
  private final Practice practice;

  ForgetCalendar(
      MeetingStore store, MirroredCalendars mirrored, PendingWork pending, Practice practice) {
    this.store = store;
    this.mirrored = mirrored;
    this.pending = pending;
    this.practice = practice;
  }

  /**
   * @param bindings the clinician's calendars that block time
   * @param forced the keys of the calendars that no guard stops
   */
  void forget(String practitioner, List<CalendarBinding> bindings, Set<String> forced) {
    leavers(practitioner, bindings)
        .forEach(round -> forget(practitioner, round, forced.contains(round.binding())));
  }

  /**
   * Takes the calendars that have left out of the list that polls read. Called only when no block
   * of theirs is left in Canvas: until then the polls have to come back.
   */
  void forgetPolls(String practitioner, List<CalendarBinding> bindings, MirrorRequest request) {
    request.calendars().stream()
        .filter(calendar -> !keys(bindings).contains(calendar))
        .filter(calendar -> store.round(practitioner, calendar).row().isNew())
        .forEach(calendar -> mirrored.forget(calendar, practitioner));
  }

  /** The keys of calendars that have left, and whose meetings a guard keeps. */
  List<String> held(String practitioner, List<CalendarBinding> bindings) {
    return leavers(practitioner, bindings).stream().map(RoundRecord::binding).toList();
  }

  private List<RoundRecord> leavers(String practitioner, List<CalendarBinding> bindings) {
    Set<String> keys = keys(bindings);
    return store.rounds(practitioner).stream()
        .filter(round -> !keys.contains(round.binding()))
        .toList();
  }

  private static Set<String> keys(List<CalendarBinding> bindings) {
    return bindings.stream().map(CalendarBinding::key).collect(Collectors.toSet());
  }

  private void forget(String practitioner, RoundRecord round, boolean isForced) {
    Stored stored = store.meetings(practitioner, round.binding());
    if (!isForced && isGuarded(round, stored)) {
      stop(practitioner, round, stored.meetings().size());
      return;
    }
    pending.begin(practitioner);
    store.forget(practitioner, round, stored);
    LOG.info("calendar-forgotten", "binding", round.binding());
  }

  private boolean isGuarded(RoundRecord round, Stored stored) {
    return round
        .window()
        .filter(
            window ->
                RemovalGuard.isTooMany(
                    meetings(round, List.copyOf(stored.meetings().values())),
                    meetings(round, List.of()),
                    window,
                    practice.reconciliation()))
        .isPresent();
  }

  private CalendarMeetings meetings(RoundRecord round, List<StoredMeeting> meetings) {
    Meetings rules =
        practice.practitioners().stream()
            .flatMap(who -> who.calendars().stream())
            .filter(binding -> binding.key().equals(round.binding()))
            .map(CalendarBinding::meetings)
            .findFirst()
            .orElse(practice.meetings());
    return new CalendarMeetings(
        round.binding(),
        rules,
        practice.locations().get(0).zone(),
        round.window().orElseThrow(),
        State.READ,
        meetings);
  }

  private void stop(String practitioner, RoundRecord round, int meetings) {
    if (round.stopped().isPresent()) {
      LOG.warn("meetings-still-stopped", "binding", round.binding(), "guard", Stops.REMOVALS);
      return;
    }
    store.stop(practitioner, round.binding(), Stops.REMOVALS);
    LOG.error(
        "meetings-stopped",
        "binding",
        round.binding(),
        "guard",
        Stops.REMOVALS,
        "meetings",
        meetings);
  }
}
