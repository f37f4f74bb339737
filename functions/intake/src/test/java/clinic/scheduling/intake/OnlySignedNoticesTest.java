package clinic.scheduling.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.http.Events;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OnlySignedNoticesTest extends NoticeCase {

  @Test
  void aNoticeWithoutItsThreeHeadersIsRefused() {
    Notice good = signed(THIN);

    refused(401, Events.of("POST", "/webhooks/canvas").json(THIN), THIN);
    refused(401, new Notice("", good.timestamp(), good.signature(), THIN));
    refused(401, new Notice(good.id(), "", good.signature(), THIN));
    refused(401, new Notice(good.id(), good.timestamp(), "", THIN));
  }

  @Test
  void aChangedNoticeIsRefused() {
    Notice good = signed(THIN);

    refused(401, good.withBody(THIN + " "));
    refused(401, good.withBody(THIN.replace("UPDATED", "CREATED")));
    refused(401, new Notice("msg_2", good.timestamp(), good.signature(), THIN));
    refused(401, good.withSignature(good.signature().replace("v1,", "v2,")));
    refused(401, Notice.signed("msg_1", clock.instant(), THIN, "whsec_" + "A".repeat(32)));
  }

  @Test
  void aStaleNoticeAndOneFromTheFutureAreRefused() {
    Notice notice = signed(THIN);

    clock.move(Duration.ofSeconds(301));
    refused(401, notice);
    clock.move(Duration.ofSeconds(-602));
    refused(401, notice);
    clock.move(Duration.ofSeconds(1));
    assertThat(accepted(notice)).hasSize(1);
  }

  @Test
  void theLogSaysWhyANoticeWasRefusedAndTheAnswerDoesNot() {
    Notice good = signed(THIN);

    refused(401, Events.of("POST", "/webhooks/canvas").json(THIN), THIN);
    assertThat(log.text()).contains("notice-refused why=unsigned");
    refused(401, good.withBody(THIN + " "));
    assertThat(log.text()).contains("notice-refused why=signature");
    clock.move(Duration.ofSeconds(301));
    refused(401, good);
    assertThat(log.text()).contains("notice-refused why=time-stamp");
  }

  @Test
  void eitherOfTwoConfiguredSecretsWillDo() {
    accepted(Notice.signed("msg_1", clock.instant(), THIN, Keys.OLD));

    assertThat(accepted(Notice.signed("msg_2", clock.instant(), THIN, Keys.NEW))).hasSize(2);
  }

  @Test
  void theSignatureIsOverTheBytesHoweverTheyTravel() {
    String body = THIN.replace("}", ",\"note\":\"Zoë \\ud83d\\ude00\"}") + " \n";
    Notice notice = signed(body);

    assertThat(receive(notice.event().inBase64(), body).getStatusCode()).isEqualTo(202);
    assertThat(queue.sent()).hasSize(1);
  }

  @Test
  void whatSaysItIsBase64AndIsNotIsRefusedAndBreaksNothing() {
    Notice notice = signed(THIN);
    APIGatewayV2HTTPEvent event = notice.event().inBase64().build();
    event.setBody("{" + event.getBody());

    assertThat(function.receiveCanvasNotice(event).getStatusCode()).isEqualTo(400);
  }

  @Test
  void onlyAfterTheSignatureIsTheBodyLookedAt() {
    refused(401, signed("{}").withBody("not json"));
    for (String body : List.of("not json", "", "[]", "null", "{\"v\":1", THIN + THIN)) {
      refused(400, signed(body));
    }
  }

  @Test
  void aBodyOfMoreThanSixtyFourKilobytesIsRefusedWhoeverSendsIt() {
    String most = THIN.replace("}", ",\"pad\":\"" + "x".repeat(65_536 - THIN.length() - 9) + "\"}");
    assertThat(most).hasSize(65_536);

    refused(413, signed(most + " "));
    refused(413, signed(most).withBody(most + " ").withSignature("v1,x"));
    refused(413, Events.of("POST", "/webhooks/canvas").json(most + " ").inBase64(), most + " ");
    assertThat(accepted(signed(most))).hasSize(1);
  }

  @Test
  void onlyJsonIsTaken() {
    Notice notice = signed(THIN);

    refused(415, notice.event().header("content-type", "text/plain"), THIN);
  }

  @Test
  void theLogShowsNoSignature() {
    Notice notice = signed(THIN);
    refused(401, notice.withBody("Avery Fixture"));
    accepted(notice);

    assertThat(log.text())
        .contains("answered route=POST /webhooks/canvas status=202", APPOINTMENT)
        .doesNotContain(notice.signature().substring(3), "whsec_", "Avery");
  }
}
