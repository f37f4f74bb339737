package clinic.scheduling.sandbox.canvas.patients;

import static clinic.scheduling.sandbox.canvas.fhir.Schema.fields;
import static clinic.scheduling.sandbox.canvas.fhir.Schema.listOf;
import static clinic.scheduling.sandbox.canvas.fhir.Schema.text;

import clinic.scheduling.sandbox.canvas.Ids;
import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.fhir.FhirCall;
import clinic.scheduling.sandbox.canvas.fhir.FhirException;
import clinic.scheduling.sandbox.canvas.fhir.FhirReplies;
import clinic.scheduling.sandbox.canvas.fhir.FhirResource;
import clinic.scheduling.sandbox.canvas.fhir.FhirTime;
import clinic.scheduling.sandbox.canvas.fhir.Schema;
import clinic.scheduling.sandbox.canvas.fhir.SearchSet;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /Communication}: create, read, search. A message stays in the chart and is not sent. */
public final class CommunicationResource implements FhirResource {
  private static final Schema REFERENCE =
      fields().with("reference", text()).also("type", "display").requiring("reference");
  private static final Schema BODY =
      fields()
          .with("resourceType", text("Communication"))
          .with("status", text())
          .with("sent", Schema.Scalar.INSTANT)
          .with("received", Schema.Scalar.INSTANT)
          .with("recipient", listOf(REFERENCE))
          .with("sender", REFERENCE)
          .with("payload", listOf(fields().with("contentString", text()).also("id")))
          .also("id", "category", "topic", "extension", "subject", "identifier")
          .requiring("status", "recipient", "sender", "payload");

  private final Map<String, ObjectNode> all = new LinkedHashMap<>();
  private final Clock clock;
  private final Ids ids;
  private final FhirReplies answers;

  public CommunicationResource(Clock clock, Ids ids, FhirReplies answers) {
    this.clock = clock;
    this.ids = ids;
    this.answers = answers;
  }

  @Override
  public Reply search(FhirCall call) {
    List<ObjectNode> matches =
        all.values().stream()
            .filter(one -> matches(one, "id", call.first("_id")))
            .filter(one -> matches(one, "sender", call.first("sender")))
            .filter(one -> matches(one, "recipient", call.first("recipient")))
            .filter(one -> call.first("patient").map(people(one)::contains).orElse(true))
            .filter(one -> mine(one, call))
            .toList();
    return FhirReplies.ok(SearchSet.page(call, matches));
  }

  @Override
  public Reply read(FhirCall call, String id) {
    ObjectNode found =
        Optional.ofNullable(all.get(id))
            .orElseThrow(() -> FhirException.unknown("Communication", id));
    if (!mine(found, call)) {
      throw FhirException.forbidden();
    }
    return FhirReplies.ok(found);
  }

  @Override
  public Reply create(FhirCall call) {
    ObjectNode body = call.body(BODY);
    if (body.path("recipient").size() != 1 || !isPatientAndPractitioner(people(body))) {
      throw FhirException.unprocessable();
    }
    if (!mine(body, call)) {
      throw FhirException.forbidden();
    }
    String id = ids.next("Communication");
    ObjectNode stored = body.deepCopy().put("resourceType", "Communication").put("id", id);
    stored.put("status", "completed");
    stored.put("sent", Json.text(body, "sent").orElse(FhirTime.utc(clock.instant())));
    all.put(id, stored);
    return answers.created("Communication", id);
  }

  private static boolean matches(ObjectNode one, String field, Optional<String> wanted) {
    if (field.equals("id")) {
      return wanted.map(one.path("id").asText()::equals).orElse(true);
    }
    String reference =
        field.equals("sender")
            ? one.path("sender").path("reference").asText()
            : one.path("recipient").path(0).path("reference").asText();
    return wanted.map(reference::equals).orElse(true);
  }

  private static boolean mine(ObjectNode one, FhirCall call) {
    return call.token().patient().map(key -> people(one).contains("Patient/" + key)).orElse(true);
  }

  private static List<String> people(ObjectNode one) {
    return List.of(
        one.path("sender").path("reference").asText(),
        one.path("recipient").path(0).path("reference").asText());
  }

  private static boolean isPatientAndPractitioner(List<String> references) {
    Set<String> types =
        Set.copyOf(references.stream().map(text -> text.replaceAll("/.*", "")).toList());
    return types.equals(Set.of("Patient", "Practitioner"));
  }
}
