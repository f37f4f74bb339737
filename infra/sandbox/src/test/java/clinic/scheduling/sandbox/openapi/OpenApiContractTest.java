package clinic.scheduling.sandbox.openapi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiContractTest {
  private static final Map<String, String> JSON = Map.of("content-type", "application/json");
  private static final Map<String, String> PROBLEM =
      Map.of("Content-Type", "application/problem+json; charset=utf-8");
  private static final String NO_SLOTS = "{\"slots\":[],\"next\":null,\"unavailable\":[]}";
  private static final String SLOTS = "/slots?visit=office&from=2027-03-16&to=2027-03-17";

  private final OpenApiContract contract = OpenApiContract.published();

  @Test
  void anExchangeThatKeepsTheContractPasses() {
    assertThatCode(() -> contract.check("GET", SLOTS + "&limit=5", 200, JSON, null, NO_SLOTS))
        .doesNotThrowAnyException();
    assertThatCode(
            () -> contract.check("POST", "/webhooks/canvas", 202, Map.of(), thinNotice(), ""))
        .doesNotThrowAnyException();
  }

  @Test
  void everyViolationIsListed() {
    String body = "{\"slots\":[{\"slot\":\"x\"}],\"next\":7,\"more\":1}";

    assertThatThrownBy(() -> contract.check("GET", SLOTS + "&colour=red", 200, JSON, null, body))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(
            "GET /slots -> 200", "'durationMinutes'", "'unavailable'", "'more'", "next", "colour");
  }

  @Test
  void anUndocumentedStatusIsFound() {
    assertThatThrownBy(() -> contract.check("GET", "/health", 418, JSON, null, "{}"))
        .hasMessageContaining("status is not documented");
  }

  @Test
  void aMissingHeaderIsFound() {
    assertThatThrownBy(
            () ->
                contract.check("GET", SLOTS, 429, PROBLEM, null, problem(429, "too-many-requests")))
        .hasMessageContaining("Retry-After");
  }

  @Test
  void aWrongContentTypeIsFound() {
    assertThatThrownBy(() -> contract.check("GET", SLOTS, 200, PROBLEM, null, NO_SLOTS))
        .hasMessageContaining("content type");
  }

  @Test
  void aProblemTypeOfAnotherStatusIsFound() {
    assertThatThrownBy(
            () ->
                contract.check(
                    "GET", "/appointments/bk-1", 404, PROBLEM, null, problem(404, "slot-taken")))
        .hasMessageContaining("type");
  }

  @Test
  void anUndocumentedFieldThatWasTakenIsFound() {
    String body = "{\"slot\":\"x\",\"reason\":{},\"patient\":{},\"colour\":\"red\"}";

    assertThatThrownBy(() -> contract.check("POST", "/appointments", 201, JSON, body, "{}"))
        .hasMessageContaining("'colour'");
  }

  @Test
  void whatARefusedRequestLookedLikeDoesNotMatter() {
    assertThatCode(
            () ->
                contract.check(
                    "POST", "/appointments", 400, PROBLEM, "{", problem(400, "invalid-request")))
        .doesNotThrowAnyException();
  }

  @Test
  void aCallThatIsNotDocumentedMustBeAnswered404() {
    assertThatCode(
            () -> contract.check("GET", "/no", 404, PROBLEM, null, problem(404, "not-found")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> contract.check("PUT", "/slots", 200, JSON, null, "{}"))
        .hasMessageContaining("must be 404");
  }

  private static String thinNotice() {
    return """
        {"v":1,"event":"APPOINTMENT_CREATED","appointment":"1a4f6c2e-90b3-4d57-8e21-7c6b5a493801"}""";
  }

  private static String problem(int status, String slug) {
    return """
        {"type":"urn:problem-type:scheduling:%s","title":"t","status":%d,"detail":"d"}"""
        .formatted(slug, status);
  }
}
