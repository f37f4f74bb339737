package clinic.scheduling.mirror;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The visits of one clinician, as far as one invocation asks for them. Canvas usually allows double
 * booking (docs/facts/canvas.md 3.3), so only a search tells that a meeting stands on a visit. Days
 * that were read are not read again.
 */
final class VisitsOfDays {
  private static final Log LOG = Log.of(VisitsOfDays.class);

  /** Longer than any visit. */
  private static final Duration LONGEST_VISIT = Duration.ofHours(12);

  private final Canvas canvas;
  private final String practitioner;
  private final Map<Days, List<Interval>> read = new HashMap<>();

  VisitsOfDays(Canvas canvas, String practitioner) {
    this.canvas = canvas;
    this.practitioner = practitioner;
  }

  private record Days(LocalDate from, LocalDate to) {}

  /** Whether a visit overlaps this time. False if Canvas does not answer. */
  boolean overlap(Interval time) {
    Days days =
        new Days(day(time.start().minus(LONGEST_VISIT)), day(time.end().minusNanos(1)).plusDays(1));
    try {
      return read.computeIfAbsent(days, this::search).stream().anyMatch(time::overlaps);
    } catch (UnavailableException e) {
      LOG.warn("visits-not-read", "practitioner", practitioner);
      return false;
    }
  }

  private List<Interval> search(Days days) {
    return canvas.appointmentsOf(practitioner, days.from(), days.to()).stream()
        .filter(one -> one.patient().isPresent())
        .filter(one -> one.knownStatus().filter(AppointmentStatus::occupiesTime).isPresent())
        .flatMap((Appointment one) -> one.time().stream())
        .toList();
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
