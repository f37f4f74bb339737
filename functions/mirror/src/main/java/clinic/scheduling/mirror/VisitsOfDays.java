package clinic.scheduling.mirror;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.availability.BusyTimes;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.Practice;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Canvas shows in the days of some blocks. Days that were read are not read again, so an
 * object is made when the answers have to be fresh, and is not kept. Canvas usually allows double
 * booking (docs/facts/canvas.md 3.3), so only a search tells that a meeting stands on a visit.
 */
final class VisitsOfDays {
  private static final Log LOG = Log.of(VisitsOfDays.class);

  /** Longer than any visit. */
  private static final Duration LONGEST_VISIT = Duration.ofHours(12);

  private static final Duration LONGEST_SEARCH = Duration.ofSeconds(9);

  private final Canvas canvas;
  private final Practice practice;
  private final String practitioner;
  private final Deadline deadline;
  private final Map<Days, Optional<Shown>> read = new HashMap<>();

  /**
   * @param deadline no page of a search begins later
   */
  VisitsOfDays(Canvas canvas, Practice practice, String practitioner, Deadline deadline) {
    this.canvas = canvas;
    this.practice = practice;
    this.practitioner = practitioner;
    this.deadline = deadline;
  }

  private record Days(LocalDate from, LocalDate to) {
    static Days around(Interval time) {
      return new Days(
          day(time.start().minus(LONGEST_VISIT)), day(time.end().minusNanos(1)).plusDays(1));
    }

    private static LocalDate day(Instant instant) {
      return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
  }

  /**
   * What Canvas shows around a time.
   *
   * @param visits the times of patients' visits
   * @param busy all times that are not free, with the buffers of the visits; empty if Canvas shows
   *     an appointment that cannot be read, which may be anywhere
   */
  record Shown(List<Interval> visits, Optional<List<Interval>> busy) {
    boolean hasVisitAt(Interval time) {
      return visits.stream().anyMatch(time::overlaps);
    }
  }

  /** What Canvas shows around this time; empty if it does not answer in time. */
  Optional<Shown> around(Interval time) {
    return read.computeIfAbsent(Days.around(time), this::search);
  }

  private Optional<Shown> search(Days days) {
    try {
      List<Appointment> all =
          canvas.appointmentsOf(practitioner, days.from(), days.to(), limited());
      return Optional.of(new Shown(visits(all), busy(all)));
    } catch (UnavailableException e) {
      LOG.warn("visits-not-read", "practitioner", practitioner);
      return Optional.empty();
    }
  }

  private Deadline limited() {
    Deadline search = Deadline.in(LONGEST_SEARCH, deadline.clock());
    return search.end().isBefore(deadline.end()) ? search : deadline;
  }

  private Optional<List<Interval>> busy(List<Appointment> all) {
    try {
      return Optional.of(BusyTimes.of(all, practitioner, practice));
    } catch (UnavailableException e) {
      LOG.warn("appointment-unreadable", "practitioner", practitioner);
      return Optional.empty();
    }
  }

  private static List<Interval> visits(List<Appointment> all) {
    return all.stream()
        .filter(one -> one.patient().isPresent())
        .filter(one -> one.knownStatus().filter(AppointmentStatus::occupiesTime).isPresent())
        .flatMap((Appointment one) -> one.time().stream())
        .toList();
  }
}
