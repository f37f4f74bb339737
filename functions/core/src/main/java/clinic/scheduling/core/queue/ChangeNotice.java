package clinic.scheduling.core.queue;

import clinic.scheduling.core.Instants;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.DateTimeException;
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
 * @param event {@code created} or {@code rescheduled}, where the first notice has said so and the
 *     hint is another one by now
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
    @Nullable String correlation,
    @Nullable String event) {

  /** The hint of reconciliation. */
  public static final String RECONCILIATION = "reconciliation";

  /** The same, where calendars are to be put right and the patient is not to be told by it. */
  public static final String CALENDARS_ONLY = "reconciliation-calendars-only";

  private static final String MADE = "created";
  private static final String MOVED = "rescheduled";
  private static final Set<String> CREATED = Set.of(MADE, "appointment_created", "booked");
  private static final Set<String> REPLACED = Set.of(MOVED, "appointment_rescheduled");

  public static ChangeNotice of(
      String appointment, String hint, String noticeId, Instant receivedAt, String correlation) {
    return new ChangeNotice(
        1, appointment, hint, noticeId, receivedAt.toString(), null, correlation, null);
  }

  /** A notice that names the patient only. */
  public static ChangeNotice ofPatient(
      String patient, String hint, String noticeId, Instant receivedAt) {
    return new ChangeNotice(1, null, hint, noticeId, receivedAt.toString(), patient, null, null);
  }

  public ChangeNotice withCorrelation(String id) {
    return new ChangeNotice(v, appointment, hint, noticeId, receivedAt, patient, id, event);
  }

  /** One that asks for another reason, and still knows what has happened. */
  public ChangeNotice withHint(String other) {
    return new ChangeNotice(
        v, appointment, other, noticeId, receivedAt, patient, correlation, happened());
  }

  /**
   * What a notice that names the patient only says of one of their appointments.
   *
   * @param isUnheard whether nothing was recorded of it; only then what has happened may have
   *     happened to it
   */
  public ChangeNotice about(String one, String other, boolean isUnheard) {
    return new ChangeNotice(
        v, one, other, noticeId, receivedAt, null, null, isUnheard ? happened() : null);
  }

  /** When the notice was received; the epoch if the time cannot be parsed. */
  public Instant receivedTime() {
    try {
      return Instants.parse(receivedAt);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  public boolean comesFromReconciliation() {
    return RECONCILIATION.equals(hint) || CALENDARS_ONLY.equals(hint);
  }

  /** The appointment, if this says that it was made just now. */
  public Optional<String> made() {
    return knownAppointment().filter(id -> MADE.equals(happened()));
  }

  /** The appointment, if this says that it was made just now, perhaps in place of another. */
  public Optional<String> replacing() {
    return knownAppointment().filter(id -> MOVED.equals(happened())).or(this::made);
  }

  private @Nullable String happened() {
    String word = String.valueOf(hint).toLowerCase(Locale.ROOT);
    if (CREATED.contains(word)) {
      return MADE;
    }
    return REPLACED.contains(word) ? MOVED : event;
  }

  /** The id that follows a booking through the logs. */
  public String correlationOrElse(String otherwise) {
    return Optional.ofNullable(correlation).or(this::knownAppointment).orElse(otherwise);
  }

  public Optional<String> knownAppointment() {
    return Optional.ofNullable(appointment);
  }
}
