package clinic.scheduling.sandbox.canvas.fhir;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.http.Call;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An authenticated FHIR call.
 *
 * @param id the id in the path; empty for the whole type
 * @param rawQuery the encoded parameters, from the query or from the body of a {@code _search}
 * @param stale whether to return the state before the latest change
 */
public record FhirCall(
    Call http,
    AccessToken token,
    String type,
    Optional<String> id,
    String rawQuery,
    boolean stale) {

  /** Decoded search parameters; a repeated one has several values. */
  public Map<String, List<String>> parameters() {
    return new Call("GET", "/", "/", rawQuery, Map.of(), new byte[0]).query();
  }

  public List<String> all(String name) {
    return parameters().getOrDefault(name, List.of());
  }

  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /**
   * The body, checked against the schema of the resource.
   *
   * @throws FhirException 400 with one issue for each fault
   */
  public ObjectNode body(Schema shape) {
    ObjectNode body = parsed();
    List<Issue> issues = shape.faults(body);
    if (!issues.isEmpty()) {
      throw new FhirException(400, issues);
    }
    return body;
  }

  private ObjectNode parsed() {
    try {
      return Json.parse(http.text());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw FhirException.malformed("body — JSON decode error (type=json_invalid)");
    }
  }
}
