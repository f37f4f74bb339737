package clinic.scheduling.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.queue.ChangeNotice;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/** Passes requests of the senders in {@code infra/canvas-plugin} to the whole function. */
abstract class SenderCase extends NoticeCase {
  private static final Set<String> HEADERS =
      Set.of("Content-Type", "webhook-id", "webhook-timestamp", "webhook-signature");

  /**
   * Checks that each request gets the answer 202, and that its message has the appointment and the
   * hint of the request.
   */
  final void assertAllTaken(JsonNode requests) {
    assertThat(requests).hasSize(14);
    for (JsonNode request : requests) {
      queue.clear();
      APIGatewayV2HTTPResponse answer = receive(event(request), request.path("body").asText());

      String name = request.path("name").asText();
      assertThat(answer.getStatusCode()).as(name + " " + answer.getBody()).isEqualTo(202);
      assertThat(queue.sent())
          .as(name)
          .extracting(ChangeNotice::appointment, ChangeNotice::hint)
          .containsExactly(
              tuple(request.path("appointment").asText(), request.path("hint").asText()));
    }
  }

  private static Events event(JsonNode request) {
    Events event = Events.of("POST", "/webhooks/canvas").json(request.path("body").asText());
    Set<Map.Entry<String, JsonNode>> headers = request.path("headers").properties();
    assertThat(headers).extracting(Map.Entry::getKey).containsExactlyInAnyOrderElementsOf(HEADERS);
    headers.forEach(header -> event.header(header.getKey(), header.getValue().asText()));
    return event;
  }
}
