package clinic.scheduling.sandbox.canvas.notices;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Something that happened to an appointment.
 *
 * @param appointment the Appointment as it reads now
 * @param original the appointment it replaces, for {@link Kind#RESCHEDULED}
 * @param patient the Patient, absent for blocked time
 */
public record AppointmentChange(
    Kind kind,
    ObjectNode appointment,
    Optional<ObjectNode> original,
    Optional<ObjectNode> patient) {

  /** What happened; {@code RESCHEDULED} is the new one, {@code SUPERSEDED} the one it replaces. */
  public enum Kind {
    CREATED,
    UPDATED,
    CANCELED,
    NO_SHOWED,
    CHECKED_IN,
    RESTORED,
    RESCHEDULED,
    SUPERSEDED,
    DELETED
  }

  String id() {
    return appointment.path("id").asText();
  }
}
