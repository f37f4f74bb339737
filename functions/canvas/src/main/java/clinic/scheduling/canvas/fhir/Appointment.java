package clinic.scheduling.canvas.fhir;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A visit or blocked time (FHIR R4 Appointment, as Canvas reads and writes it; docs/facts/canvas.md
 * 3).
 *
 * @param status the FHIR code; see {@link AppointmentStatus}
 * @param start an instant with offset
 * @param end an instant with offset
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Appointment(
    String resourceType,
    @Nullable String id,
    @Nullable List<Endpoint> contained,
    @Nullable List<Identifier> identifier,
    @Nullable String status,
    @Nullable CodeableConcept appointmentType,
    @Nullable List<CodeableConcept> reasonCode,
    @Nullable Phi<String> description,
    @Nullable List<Reference> supportingInformation,
    @Nullable String start,
    @Nullable String end,
    @Nullable List<Participant> participant) {
  private static final String REPLACED_BY = "Rescheduled Replacement Appointment";
  private static final String REPLACES = "Previously Rescheduled Appointment";

  /** A participant. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Participant(@Nullable Reference actor, @Nullable String status) {
    public static Participant accepted(Reference actor) {
      return new Participant(actor, "accepted");
    }
  }

  /** The link of a video visit. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Endpoint(
      String resourceType,
      @Nullable String id,
      @Nullable String status,
      @Nullable Coding connectionType,
      @Nullable List<CodeableConcept> payloadType,
      @Nullable String address) {
    public static final String ID = "appointment-meeting-endpoint-0";

    public static Endpoint meeting(String address) {
      Coding https = new Coding(null, "https", null);
      CodeableConcept video = CodeableConcept.of(new Coding(null, "video-call", null));
      return new Endpoint("Endpoint", ID, "active", https, List.of(video), address);
    }
  }

  /** The same appointment with the id that Canvas gave it. */
  public Appointment withId(String newId) {
    return new Appointment(
        resourceType,
        newId,
        contained,
        identifier,
        status,
        appointmentType,
        reasonCode,
        description,
        supportingInformation,
        start,
        end,
        participant);
  }

  /**
   * The same visit, cancelled. An update needs all required fields and all identifiers again. We
   * send only two of the linked resources, the location and the meeting link. We omit the reason,
   * because sending it would create a new command (docs/facts/canvas.md 3.1, 3.5).
   */
  public Appointment cancelled() {
    return cancelled(identifier);
  }

  /** The same visit, cancelled and marked as withdrawn: our identifier of it is retired. */
  public Appointment cancelledAsWithdrawn(String system) {
    return cancelled(
        identifiers().stream()
            .map(one -> system.equals(one.system()) ? one.retired() : one)
            .toList());
  }

  private Appointment cancelled(@Nullable List<Identifier> identifiers) {
    return new Appointment(
        "Appointment",
        id,
        contained,
        identifiers,
        AppointmentStatus.CANCELLED.code(),
        appointmentType,
        null,
        null,
        supporting()
            .filter(
                one ->
                    one.idOf("Location").isPresent()
                        || String.valueOf(one.reference()).startsWith("#"))
            .toList(),
        start,
        end,
        participant);
  }

  /** The time, if it is readable and not empty. */
  public Optional<Interval> time() {
    try {
      return start == null || end == null
          ? Optional.empty()
          : Optional.of(new Interval(Instants.parse(start), Instants.parse(end)));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public Optional<AppointmentStatus> knownStatus() {
    return AppointmentStatus.of(status == null ? "" : status);
  }

  public Optional<String> practitioner() {
    return participantId("Practitioner");
  }

  public Optional<String> patient() {
    return participantId("Patient");
  }

  /** The UUID of the Canvas Location. */
  public Optional<String> location() {
    return supporting().flatMap(one -> one.idOf("Location").stream()).findFirst();
  }

  /**
   * The appointment that this one replaced when staff moved the visit (docs/facts/canvas.md 3.6).
   */
  public Optional<String> replaces() {
    return linked(REPLACES);
  }

  /**
   * The appointment that replaced this one. Empty while this appointment is active, even if Canvas
   * still has the link. When staff cancel the replacement and restore this appointment, the link
   * stays, although it is out of date.
   */
  public Optional<String> replacedBy() {
    return linked(REPLACED_BY)
        .filter(other -> knownStatus().filter(AppointmentStatus::isGone).isPresent());
  }

  public Optional<String> meetingLink() {
    return contained == null
        ? Optional.empty()
        : contained.stream().flatMap(one -> Stream.ofNullable(one.address())).findFirst();
  }

  /**
   * The identifier of the given system. In our own system, only an appointment that was booked
   * through us has one.
   */
  public Optional<String> identifierOf(String system) {
    return identifiers().stream()
        .filter(one -> system.equals(one.system()))
        .flatMap(one -> Stream.ofNullable(one.value()))
        .findFirst();
  }

  /**
   * Whether the booking itself withdrew the appointment. Our identifier of the appointment then has
   * the use {@code old} (FHIR R4 Identifier.use).
   */
  public boolean isWithdrawn(String system) {
    return identifiers().stream()
        .anyMatch(one -> system.equals(one.system()) && Identifier.OLD.equals(one.use()));
  }

  public List<Identifier> identifiers() {
    return identifier == null ? List.of() : identifier;
  }

  private Optional<String> participantId(String type) {
    return (participant == null ? Stream.<Participant>empty() : participant.stream())
        .flatMap(one -> Stream.ofNullable(one.actor()))
        .flatMap(actor -> actor.idOf(type).stream())
        .findFirst();
  }

  private Optional<String> linked(String display) {
    return supporting()
        .filter(one -> display.equalsIgnoreCase(one.display()))
        .flatMap(one -> one.idOf("Appointment").stream())
        .findFirst();
  }

  private Stream<Reference> supporting() {
    return supportingInformation == null ? Stream.empty() : supportingInformation.stream();
  }
}
