package clinic.scheduling.mirror;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.meetings.plan.CalendarMeetings;
import clinic.scheduling.meetings.plan.CalendarMeetings.State;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.meetings.rows.RoundRecord;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** The meetings of a clinician as the table has them. */
@Singleton
final class StoredCalendars {
  private final MeetingStore store;
  private final ForgetCalendar leavers;
  private final MeetingWindow windows;
  private final Practice practice;
  private final Clock clock;

  StoredCalendars(
      MeetingStore store,
      ForgetCalendar leavers,
      MeetingWindow windows,
      Practice practice,
      Clock clock) {
    this.store = store;
    this.leavers = leavers;
    this.windows = windows;
    this.practice = practice;
    this.clock = clock;
  }

  /** The clinician's calendars that block time, in the order of the practice document. */
  List<CalendarBinding> blocking(String practitioner) {
    return practice
        .practitionerByCanvasId(practitioner)
        .map(who -> who.calendars().stream().filter(CalendarBinding::blocksCanvas).toList())
        .orElse(List.of());
  }

  /**
   * The meetings of these calendars. A calendar that has left and is kept by a guard is stopped.
   */
  List<CalendarMeetings> of(String practitioner) {
    List<CalendarBinding> bindings = blocking(practitioner);
    return Stream.concat(
            bindings.stream().map(binding -> calendar(practitioner, binding)),
            leavers.held(practitioner, bindings).stream()
                .map(calendar -> held(practitioner, calendar)))
        .toList();
  }

  private CalendarMeetings calendar(String practitioner, CalendarBinding binding) {
    RoundRecord round = store.round(practitioner, binding.key());
    State read = round.stopped().isPresent() ? State.STOPPED : State.READ;
    return new CalendarMeetings(
        binding.key(),
        binding.meetings(),
        practice.zoneOfMeetings(binding),
        round.window().orElseGet(() -> windows.now(binding)),
        round.window().isPresent() ? read : State.UNREAD,
        List.copyOf(store.meetings(practitioner, binding.key()).meetings().values()));
  }

  /** Its meetings keep their reserved time, as long as there is a type for their blocks. */
  private CalendarMeetings held(String practitioner, String calendar) {
    RoundRecord round = store.round(practitioner, calendar);
    Interval any = new Interval(clock.instant(), clock.instant().plusSeconds(1));
    return new CalendarMeetings(
        calendar,
        practice.meetings(),
        practice.locations().get(0).zone(),
        round.window().orElse(any),
        State.STOPPED,
        practice.meetings().eventType().isPresent()
            ? List.copyOf(store.meetings(practitioner, calendar).meetings().values())
            : List.of());
  }
}
