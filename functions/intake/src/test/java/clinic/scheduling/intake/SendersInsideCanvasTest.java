package clinic.scheduling.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.queue.ChangeNotice;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the two senders of {@code infra/canvas-plugin} send is taken here, every kind of it. */
@QuarkusTest
class SendersInsideCanvasTest extends NoticeCase {
  private static final Set<String> HEADERS =
      Set.of("Content-Type", "webhook-id", "webhook-timestamp", "webhook-signature");

  @Inject ObjectMapper mapper;

  @Test
  void everyCheckedInRequestIsTaken() throws IOException {
    JsonNode golden = mapper.readTree(Senders.TESTS.resolve("golden.json").toFile());
    clock.set(Instant.ofEpochSecond(golden.path("seconds").asLong()));
    assertThat(golden.path("secret").asText()).isEqualTo(Keys.OF_SENDERS);

    assertAllTaken(golden.path("requests"));
  }

  @Test
  void everyRequestThatTheSendersMakeNowIsTaken() throws IOException {
    Senders senders = Senders.orSkip();
    clock.set(Instant.now());

    JsonNode made = mapper.readTree(senders.run(Keys.OF_SENDERS, "golden.py"));

    System.out.println(
        "SendersInsideCanvasTest ran the senders with " + made.path("which").asText());
    assertAllTaken(made.path("requests"));
  }

  @Test
  void theSendersPassTheirOwnTests() {
    Senders senders = Senders.orSkip();

    String report = senders.run(Keys.OF_SENDERS, "-m", "unittest", "discover", "-s", ".");

    System.out.println("SendersInsideCanvasTest " + report.strip().lines().toList());
    assertThat(report).containsPattern("Ran [1-9][0-9]+ tests").contains("\nOK");
  }

  private void assertAllTaken(JsonNode requests) {
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
