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
 * The message "this appointment may have changed". It is a hint: the consumer reads Canvas.
 *
 * @param v the version of this format, 1
 * @param appointment the Canvas Appointment id; null if the sender does not know it
 * @param hint what the sender believes has happened. Most hints are only for people. The code reads
 *     the hint of a delayed recheck, the two hints of reconciliation, and the hints that an
 *     appointment was created or rescheduled
 * @param noticeId the id of Canvas's notice, or of the booking that sent this message
 * @param receivedAt when the notice was received, as an ISO 8601 instant
 * @param patient the Canvas patient key, in a notice that does not name the appointment
 * @param correlation our identifier of the booking, if the sender knows it
 * @param event {@code created} or {@code rescheduled}, if the original hint of this notice said so
 *     and was replaced later; otherwise null
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

  /** The hint of notices that reconciliation sends. */
  public static final String RECONCILIATION = "reconciliation";

  /** The hint of reconciliation if only calendars are repaired and the patient gets no message. */
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

  /** A notice that names only the patient. */
  public static ChangeNotice ofPatient(
      String patient, String hint, String noticeId, Instant receivedAt) {
    return new ChangeNotice(1, null, hint, noticeId, receivedAt.toString(), patient, null, null);
  }

  public ChangeNotice withCorrelation(String id) {
    return new ChangeNotice(v, appointment, hint, noticeId, receivedAt, patient, id, event);
  }

  /**
   * The same notice with another hint. If the old hint said that the appointment was created or
   * rescheduled, {@code event} says so in the new notice.
   */
  public ChangeNotice withHint(String other) {
    return new ChangeNotice(
        v, appointment, other, noticeId, receivedAt, patient, correlation, eventWord());
  }

  /**
   * Makes a notice about one appointment from a notice that names only the patient.
   *
   * @param isUnrecorded whether we have no record of the appointment; only then can the event refer
   *     to it
   */
  public ChangeNotice forAppointment(String id, String newHint, boolean isUnrecorded) {
    return new ChangeNotice(
        v, id, newHint, noticeId, receivedAt, null, null, isUnrecorded ? eventWord() : null);
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

  /** The appointment, if the notice says that it was created just now, and not by a reschedule. */
  public Optional<String> created() {
    return knownAppointment().filter(id -> MADE.equals(eventWord()));
  }

  /**
   * The appointment, if the notice says that it was created just now, whether by a booking or by a
   * reschedule.
   */
  public Optional<String> createdOrReplacing() {
    return knownAppointment().filter(id -> MOVED.equals(eventWord())).or(this::created);
  }

  private @Nullable String eventWord() {
    String word = String.valueOf(hint).toLowerCase(Locale.ROOT);
    if (CREATED.contains(word)) {
      return MADE;
    }
    return REPLACED.contains(word) ? MOVED : event;
  }

  /** The id under which the logs show this booking. */
  public String correlationOrElse(String otherwise) {
    return Optional.ofNullable(correlation).or(this::knownAppointment).orElse(otherwise);
  }

  public Optional<String> knownAppointment() {
    return Optional.ofNullable(appointment);
  }
}
