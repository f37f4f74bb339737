package clinic.scheduling.sandbox.canvas;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Open hours minus closed hours, holds, busy blocks and appointments, cut into slots. */
final class FreeTime {
  private final Clock clock;
  private final Directory directory;
  private final Appointments appointments;
  private final Toggles toggles;

  FreeTime(Clock clock, Directory directory, Appointments appointments, Toggles toggles) {
    this.clock = clock;
    this.directory = directory;
    this.appointments = appointments;
    this.toggles = toggles;
  }

  /** The free slots in order; past ones are left out. */
  List<Interval> of(SlotQuery query, ZoneId zone) {
    List<Interval> taken = new ArrayList<>(booked(query.schedule().practitioner()));
    List<LocalDate> days =
        query.end().isBefore(query.start())
            ? List.of()
            : query.start().datesUntil(query.end().plusDays(1)).toList();
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    days.forEach(day -> closed(query.schedule(), day, today, zone).forEach(taken::add));
    return days.stream()
        .flatMap(day -> open(query, day, zone))
        .flatMap(window -> starts(window, query.duration()))
        .filter(slot -> !slot.start().isBefore(clock.instant()))
        .filter(slot -> taken.stream().noneMatch(slot::overlaps))
        .distinct()
        .sorted(Comparator.comparing(Interval::start))
        .toList();
  }

  private Stream<Interval> open(SlotQuery query, LocalDate day, ZoneId zone) {
    return events(query.schedule(), day)
        .filter(event -> event.kind() == CalendarEvent.Kind.CLINIC)
        .filter(event -> event.allows(query.type()))
        .map(event -> event.interval(day, zone));
  }

  private Stream<Interval> closed(
      ScheduleKey schedule, LocalDate day, LocalDate today, ZoneId zone) {
    boolean busyBlocks = toggles.on(Toggle.BUSY_BLOCKS);
    return events(schedule, day)
        .filter(event -> event.closes(day, today, busyBlocks))
        .map(event -> event.interval(day, zone));
  }

  private Stream<CalendarEvent> events(ScheduleKey schedule, LocalDate day) {
    return directory.calendar().stream()
        .filter(event -> event.concerns(schedule) && event.isOn(day));
  }

  private Stream<Interval> starts(Interval window, Duration duration) {
    int minutes = toggles.number(Toggle.SLOT_STEP_MINUTES);
    Duration step = minutes == 0 ? duration : Duration.ofMinutes(minutes);
    return Stream.iterate(window.start(), start -> start.plus(step))
        .takeWhile(start -> !start.plus(duration).isAfter(window.end()))
        .map(start -> new Interval(start, start.plus(duration)));
  }

  private List<Interval> booked(String practitioner) {
    Instant seen = clock.instant().minusSeconds(toggles.number(Toggle.SLOT_LAG_SECONDS));
    Predicate<AppointmentEntry.Version> blocks = this::blocks;
    return appointments.all().stream()
        .flatMap(entry -> entry.at(seen).stream())
        .filter(blocks.and(version -> version.practitioner().equals(practitioner)))
        .map(AppointmentEntry.Version::interval)
        .toList();
  }

  private boolean blocks(AppointmentEntry.Version version) {
    return switch (version.status()) {
      case "cancelled" -> toggles.on(Toggle.CANCELLED_BLOCKS_SLOT);
      case "noshow" -> toggles.on(Toggle.NO_SHOW_BLOCKS_SLOT);
      case "entered-in-error" -> false;
      default -> true;
    };
  }
}
