package clinic.scheduling.sandbox.canvas.slots;

import clinic.scheduling.sandbox.canvas.CalendarEvent;
import clinic.scheduling.sandbox.canvas.Interval;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.Toggles;
import clinic.scheduling.sandbox.canvas.appointments.AppointmentHistory;
import clinic.scheduling.sandbox.canvas.appointments.Appointments;
import clinic.scheduling.sandbox.canvas.practice.Directory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Open hours minus closed hours, holds, busy blocks and appointments, cut into slots. */
public final class FreeTime {
  private final Clock clock;
  private final Directory directory;
  private final Appointments appointments;
  private final Toggles toggles;

  public FreeTime(Clock clock, Directory directory, Appointments appointments, Toggles toggles) {
    this.clock = clock;
    this.directory = directory;
    this.appointments = appointments;
    this.toggles = toggles;
  }

  /**
   * The free slots in order, without past ones.
   *
   * @param stale whether to ignore the latest change of every appointment
   */
  List<Interval> of(SlotQuery query, ZoneId zone, boolean stale) {
    List<CalendarEvent> events =
        directory.calendar().stream().filter(event -> event.concerns(query.schedule())).toList();
    ZoneId daysIn = toggles.text(Toggle.SLOT_DAYS_IN).equals("utc") ? ZoneOffset.UTC : zone;
    List<LocalDate> days = localDays(query);
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    BusyTimes taken = new BusyTimes();
    booked(query.schedule().practitioner(), stale).forEach(taken::add);
    days.forEach(day -> closed(events, day, today).forEach(e -> taken.add(e.interval(day, zone))));
    return days.stream()
        .flatMap(day -> open(events, query, day).map(event -> event.interval(day, zone)))
        .flatMap(window -> starts(window, query.duration()))
        .filter(slot -> query.asksFor(LocalDate.ofInstant(slot.start(), daysIn)))
        .filter(slot -> !slot.start().isBefore(clock.instant()))
        .filter(slot -> !taken.overlaps(slot))
        .distinct()
        .sorted(Comparator.comparing(Interval::start))
        .toList();
  }

  /**
   * The local days of the search. There is one more at each end, because a UTC day overlaps two
   * local days.
   */
  private static List<LocalDate> localDays(SlotQuery query) {
    return query.days() < 1
        ? List.of()
        : query.start().minusDays(1).datesUntil(query.end().plusDays(2)).toList();
  }

  private static Stream<CalendarEvent> open(
      List<CalendarEvent> events, SlotQuery query, LocalDate day) {
    return events.stream()
        .filter(event -> event.kind() == CalendarEvent.Kind.CLINIC && event.isOn(day))
        .filter(event -> event.allows(query.type()));
  }

  private Stream<CalendarEvent> closed(List<CalendarEvent> events, LocalDate day, LocalDate today) {
    boolean busyBlocks = toggles.on(Toggle.BUSY_BLOCKS);
    return events.stream().filter(event -> event.isOn(day) && event.closes(day, today, busyBlocks));
  }

  private Stream<Interval> starts(Interval window, Duration duration) {
    int minutes = toggles.number(Toggle.SLOT_STEP_MINUTES);
    Duration step = minutes == 0 ? duration : Duration.ofMinutes(minutes);
    return Stream.iterate(window.start(), start -> start.plus(step))
        .takeWhile(start -> !start.plus(duration).isAfter(window.end()))
        .map(start -> new Interval(start, start.plus(duration)));
  }

  private List<Interval> booked(String practitioner, boolean stale) {
    Instant seen = clock.instant().minusSeconds(toggles.number(Toggle.SLOT_LAG_SECONDS));
    Predicate<AppointmentHistory.Version> blocks = this::blocks;
    return appointments.of(practitioner).stream()
        .flatMap(entry -> (stale ? entry.previous() : entry.at(seen)).stream())
        .filter(blocks.and(version -> version.practitioner().equals(practitioner)))
        .map(AppointmentHistory.Version::interval)
        .toList();
  }

  private boolean blocks(AppointmentHistory.Version version) {
    return switch (version.status()) {
      case "cancelled" -> toggles.on(Toggle.CANCELLED_BLOCKS_SLOT);
      case "noshow" -> toggles.on(Toggle.NO_SHOW_BLOCKS_SLOT);
      case "waitlist", "entered-in-error" -> false;
      default -> true;
    };
  }
}
