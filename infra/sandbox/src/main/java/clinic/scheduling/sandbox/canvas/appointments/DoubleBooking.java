package clinic.scheduling.sandbox.canvas.appointments;

import clinic.scheduling.sandbox.canvas.CalendarEvent;
import clinic.scheduling.sandbox.canvas.Interval;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.Toggles;
import clinic.scheduling.sandbox.canvas.practice.Directory;
import java.time.LocalDate;
import java.util.Collection;

/** Decides whether a practitioner's time is taken, for instances that forbid double booking. */
final class DoubleBooking {
  private final Directory directory;
  private final Toggles toggles;

  DoubleBooking(Directory directory, Toggles toggles) {
    this.directory = directory;
    this.toggles = toggles;
  }

  /** Whether the time is taken by something else. Clinic hours do not matter. */
  boolean isTaken(
      AppointmentHistory.Version wanted, String ownId, Collection<AppointmentHistory> booked) {
    if (toggles.on(Toggle.DOUBLE_BOOKING)) {
      return false;
    }
    return booked.stream()
            .filter(entry -> !entry.id().equals(ownId))
            .map(AppointmentHistory::now)
            .filter(AppointmentHistory.Version::isOnTheSchedule)
            .filter(other -> other.practitioner().equals(wanted.practitioner()))
            .anyMatch(other -> other.interval().overlaps(wanted.interval()))
        || isBusy(wanted);
  }

  private boolean isBusy(AppointmentHistory.Version wanted) {
    return toggles.on(Toggle.BUSY_BLOCKS)
        && directory.calendar().stream()
            .filter(event -> event.kind() == CalendarEvent.Kind.BUSY)
            .filter(event -> event.concerns(wanted.practitioner()))
            .anyMatch(event -> overlaps(event, wanted.interval()));
  }

  private boolean overlaps(CalendarEvent event, Interval wanted) {
    return directory.places().stream()
        .filter(place -> event.location().map(n -> n == place.number()).orElse(true))
        .anyMatch(
            place -> {
              LocalDate day = LocalDate.ofInstant(wanted.start(), place.zone());
              LocalDate last = LocalDate.ofInstant(wanted.end(), place.zone());
              return day.datesUntil(last.plusDays(1))
                  .filter(event::isOn)
                  .anyMatch(on -> event.interval(on, place.zone()).overlaps(wanted));
            });
  }
}
