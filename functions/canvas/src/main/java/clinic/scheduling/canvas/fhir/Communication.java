package clinic.scheduling.canvas.fhir;

import clinic.scheduling.core.Phi;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message in a patient's chart (FHIR R4 Communication) between the patient and a practitioner
 * (docs/facts/canvas.md 4.4).
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Communication(
    String resourceType,
    String status,
    @Nullable String sent,
    List<Reference> recipient,
    Reference sender,
    List<Payload> payload) {

  /** The text of the message. */
  public record Payload(Phi<String> contentString) {}

  /** A message from a patient to a practitioner, who sees it as unread. */
  public static Communication toPractitioner(
      String patient, String practitioner, Phi<String> text, Instant sent) {
    return new Communication(
        "Communication",
        "completed",
        sent.toString(),
        List.of(Reference.to("Practitioner", practitioner)),
        Reference.to("Patient", patient),
        List.of(new Payload(text)));
  }

  /** A message from a practitioner to a patient, who sees it in the patient portal. */
  public static Communication toPatient(
      String patient, String practitioner, Phi<String> text, Instant sent) {
    return new Communication(
        "Communication",
        "completed",
        sent.toString(),
        List.of(Reference.to("Patient", patient)),
        Reference.to("Practitioner", practitioner),
        List.of(new Payload(text)));
  }
}
