package clinic.scheduling.booking;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.sandbox.Sandbox;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All appointments in Canvas at one moment, in order of creation, read without any of the faults.
 */
record CanvasBook(Map<String, Appointment> byId) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What matters to patient and clinician about one appointment. */
  record Line(String status, Interval time, String practitioner, String location) {
    static Line of(Appointment one) {
      return new Line(
          one.status(),
          one.time().orElseThrow(),
          one.practitioner().orElse(""),
          one.location().orElse(""));
    }

    boolean isLive() {
      return AppointmentStatus.of(status).orElseThrow().occupiesTime();
    }

    boolean isGone() {
      return AppointmentStatus.of(status).orElseThrow().isGone();
    }
  }

  static CanvasBook of(Sandbox sandbox) {
    Map<String, Appointment> byId = new LinkedHashMap<>();
    sandbox.canvas().appointmentTexts().stream()
        .map(CanvasBook::read)
        .forEach(one -> byId.put(Objects.requireNonNull(one.id()), one));
    return new CanvasBook(byId);
  }

  List<Line> lines() {
    return byId.values().stream().map(Line::of).toList();
  }

  /** The last appointment of the visit that begins with this one. */
  Appointment current(String root) {
    Appointment here = Objects.requireNonNull(byId.get(root), root);
    for (Optional<String> next = here.replacedBy(); next.isPresent(); next = here.replacedBy()) {
      here = byId.get(next.get());
    }
    return here;
  }

  Line line(String root) {
    return Line.of(current(root));
  }

  /** The appointments with one of our identifiers. */
  List<Appointment> named(String bookingId) {
    return byId.values().stream()
        .filter(one -> one.identifierOf(OutsideWorld.SYSTEM).equals(Optional.of(bookingId)))
        .toList();
  }

  /** Whether another appointment of the same clinician overlaps this one. */
  boolean isOverlapped(String id) {
    Line mine = Line.of(Objects.requireNonNull(byId.get(id)));
    return isTaken(mine.practitioner(), mine.time(), id);
  }

  /** Whether any appointment except this one overlaps this time of a clinician. */
  boolean isTaken(String practitioner, Interval time, String except) {
    return byId.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(except))
        .map(entry -> Line.of(entry.getValue()))
        .filter(other -> other.isLive() && other.practitioner().equals(practitioner))
        .anyMatch(other -> other.time().overlaps(time));
  }

  private static Appointment read(String text) {
    try {
      return MAPPER.readValue(text, Appointment.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
