package clinic.scheduling.slots;

import clinic.scheduling.core.http.Request;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** An answer of the function that agrees with the published contract. */
record Answer(int status, JsonNode body, APIGatewayV2HTTPResponse raw) {

  static Answer of(APIGatewayV2HTTPResponse raw) {
    return new Answer(
        raw.getStatusCode(), Request.parse(raw.getBody().isEmpty() ? "{}" : raw.getBody()), raw);
  }

  List<JsonNode> slots() {
    return body.path("slots").valueStream().toList();
  }

  /** The starts as they are written, in order. */
  List<String> starts() {
    return slots().stream().map(slot -> slot.path("start").asText()).toList();
  }

  /** Who is offered, each once, in order of the first offer. */
  List<String> practitioners() {
    return slots().stream().map(slot -> slot.at("/practitioner/id").asText()).distinct().toList();
  }

  /** Who is left out, as {@code id reason}. */
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
