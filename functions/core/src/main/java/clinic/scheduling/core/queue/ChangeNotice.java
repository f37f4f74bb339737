package clinic.scheduling.core.queue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * "This appointment may have changed": a hint, never the truth. The consumer reads Canvas.
 *
 * @param v the version of this shape, 1
 * @param appointment the Canvas Appointment id; null where the sender did not know it
 * @param hint what the sender believes has happened; for people, but that a second look is no first
 *     one, and that an appointment which was made just now is news to its patient
 * @param noticeId of the notification, or of the booking that says so itself
 * @param receivedAt ISO 8601 instant
 * @param patient the Canvas key through which a missing appointment is found
 * @param correlation our identifier of the booking, where the sender knew it
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChangeNotice(
    int v,
    @Nullable String appointment,
    String hint,
    String noticeId,
    String receivedAt,
    @Nullable String patient,
    @Nullable String correlation) {

  /** The hint of reconciliation. */
  public static final String RECONCILIATION = "reconciliation";

  /** The same, where calendars are to be put right and the patient is not to be told by it. */
  public static final String CALENDARS_ONLY = "reconciliation-calendars-only";

  private static final Set<String> CREATED = Set.of("created", "appointment_created", "booked");
  private static final Set<String> REPLACED = Set.of("rescheduled", "appointment_rescheduled");

  public static ChangeNotice of(
      String appointment, String hint, String noticeId, Instant receivedAt, String correlation) {
    return new ChangeNotice(
        1, appointment, hint, noticeId, receivedAt.toString(), null, correlation);
  }

  /** A notice that names the patient only. */
  public static ChangeNotice ofPatient(
      String patient, String hint, String noticeId, Instant receivedAt) {
    return new ChangeNotice(1, null, hint, noticeId, receivedAt.toString(), patient, null);
  }

  public ChangeNotice withCorrelation(String id) {
    return new ChangeNotice(v, appointment, hint, noticeId, receivedAt, patient, id);
  }

  public ChangeNotice withHint(String other) {
    return new ChangeNotice(v, appointment, other, noticeId, receivedAt, patient, correlation);
  }

  public boolean comesFromReconciliation() {
    return RECONCILIATION.equals(hint) || CALENDARS_ONLY.equals(hint);
  }

  /** The appointment, if this says that it was made just now. */
  public Optional<String> made() {
    return knownAppointment().filter(id -> CREATED.contains(word()));
  }

  /** The appointment, if this says that it was made just now, perhaps in place of another. */
  public Optional<String> replacing() {
    return knownAppointment().filter(id -> REPLACED.contains(word())).or(this::made);
  }

  private String word() {
    return String.valueOf(hint).toLowerCase(Locale.ROOT);
  }

  /** The id that follows a booking through the logs. */
  public String correlationOrElse(String otherwise) {
    return Optional.ofNullable(correlation).or(this::knownAppointment).orElse(otherwise);
  }

  public Optional<String> knownAppointment() {
    return Optional.ofNullable(appointment);
  }
}
