package clinic.scheduling.sandbox.messages;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports about messages have the form of AWS's own reports. */
class DeliveryReportsTest {
  private static final String ID = "0100-1";

  private final Outbox outbox = new Outbox();
  private final DeliveryReports reports = new DeliveryReports(outbox);
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void aMailWasSent() {
    reports.to(heard::add);
    outbox.add(
        new OutboxMessage(
            ID,
            "email",
            "pat@example.invalid",
            Instant.EPOCH,
            "s",
            "t",
            "",
            Map.of("message", "visit_0")));
  }

  @ParameterizedTest
  @CsvSource({
    "delivery, Delivery, /mail/destination/0",
    "bounce, Bounce, /bounce/bouncedRecipients/0/emailAddress",
    "bounce-for-now, Bounce, /bounce/bouncedRecipients/0/emailAddress",
    "complaint, Complaint, /complaint/complainedRecipients/0/emailAddress"
  })
  void aReportOfAMailNamesItByTagAndAddress(String kind, String type, String address)
      throws IOException {
    assertThat(ask("{\"kind\":\"" + kind + "\",\"message\":\"" + ID + "\"}").status())
        .isEqualTo(204);

    JsonNode event = new ObjectMapper().readTree(heard.get(0));
    assertThat(event.path("eventType").asText()).isEqualTo(type);
    assertThat(event.at("/mail/messageId").asText()).isEqualTo(ID);
    assertThat(event.at("/mail/tags/message/0").asText()).isEqualTo("visit_0");
    assertThat(event.at(address).asText()).isEqualTo("pat@example.invalid");
  }

  @Test
  void anAnswerToATextMessageComesFromItsNumber() throws IOException {
    ask("{\"kind\":\"answer\",\"to\":\"+12065550142\",\"text\":\"Stop\"}");

    JsonNode event = new ObjectMapper().readTree(heard.get(0));
    assertThat(event.path("originationNumber").asText()).isEqualTo("+12065550142");
    assertThat(event.path("messageBody").asText()).isEqualTo("Stop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"kind\":\"bounce\"}",
        "{\"kind\":\"bounce\",\"message\":\"other\"}",
        "{\"kind\":\"answer\"}"
      })
  void whatCannotBeReportedIsRefused(String wish) throws IOException {
    assertThat(ask(wish).status()).isEqualTo(400);
    assertThat(heard).isEmpty();
  }

  private Reply ask(String wish) throws IOException {
    return reports.control(
        new Call(
            "POST", "/reports", "/reports", "", Map.of(), wish.getBytes(StandardCharsets.UTF_8)));
  }
}
