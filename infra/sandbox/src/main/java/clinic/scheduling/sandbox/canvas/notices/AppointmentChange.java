package clinic.scheduling.sandbox.canvas.notices;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A change of an appointment.
 *
 * @param appointment the Appointment as it reads now
 * @param original the appointment that it replaces, for {@link Kind#RESCHEDULED}
 * @param patient the Patient; empty for blocked time
 */
public record AppointmentChange(
    Kind kind,
    ObjectNode appointment,
    Optional<ObjectNode> original,
    Optional<ObjectNode> patient) {

  /**
   * The kind of change. {@code RESCHEDULED} is about the new appointment, {@code SUPERSEDED} about
   * the one that it replaces.
   */
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
