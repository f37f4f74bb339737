package clinic.scheduling.slots;

import clinic.scheduling.core.http.Request;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** An answer of the function, which was checked against infra/openapi.yaml. */
record Answer(int status, JsonNode body, APIGatewayV2HTTPResponse raw) {

  static Answer of(APIGatewayV2HTTPResponse raw) {
    return new Answer(
        raw.getStatusCode(), Request.parse(raw.getBody().isEmpty() ? "{}" : raw.getBody()), raw);
  }

  List<JsonNode> slots() {
    return body.path("slots").valueStream().toList();
  }

  /** The starts of the offers, as the answer has them and in its order. */
  List<String> starts() {
    return slots().stream().map(slot -> slot.path("start").asText()).toList();
  }

  /** The ids of the clinicians who are offered, in the order of their first offers. */
  List<String> practitioners() {
    return slots().stream().map(slot -> slot.at("/practitioner/id").asText()).distinct().toList();
  }

  /** The clinicians who are not offered, as {@code id reason}. */
  List<String> unavailable() {
    return body.path("unavailable")
        .valueStream()
        .map(one -> one.path("practitioner").asText() + " " + one.path("reason").asText())
        .toList();
  }

  /** The fields that a problem names. */
  List<String> wrongFields() {
    return body.path("errors").valueStream().map(one -> one.path("field").asText()).toList();
  }
}
