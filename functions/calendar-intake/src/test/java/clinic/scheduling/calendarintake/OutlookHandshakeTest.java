package clinic.scheduling.calendarintake;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.http.Events;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import org.junit.jupiter.api.Test;

class OutlookHandshakeTest extends CalendarNoticeCase {

  @Test
  void theTokenIsAnsweredDecodedAndAsPlainText() {
    APIGatewayV2HTTPResponse answer =
        handshake("validationToken=Validation%3A+Testing+client%2Bapp+%3Cb%3E%26%22%C3%A9");

    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(answer.getHeaders()).containsEntry("Content-Type", "text/plain");
    assertThat(answer.getBody()).isEqualTo("Validation: Testing client+app <b>&\"é");
    assertThat(answer.getIsBase64Encoded()).isFalse();
  }

  @Test
  void aHandshakeNeedsNeitherTheTableNorThePracticeDocument() {
    rows.busy(true);

    assertThat(handshake("validationToken=abc").getStatusCode()).isEqualTo(200);
    assertThat(rows.reads()).isZero();
    assertThat(practiceReads).hasValue(0);
    assertThat(queued()).isEmpty();
  }

  @Test
  void aHandshakeIsAnsweredBesideOtherParametersOfTheUrl() {
    assertThat(handshake("x=1&validationToken=a%20b").getBody()).isEqualTo("a b");
  }

  @Test
  void anEmptyAndATooLongTokenAreRefused() {
    assertThat(handshake("validationToken=" + "a".repeat(4_096)).getStatusCode()).isEqualTo(200);
    assertThat(handshake("validationToken=" + "a".repeat(4_097)).getStatusCode()).isEqualTo(400);
    assertThat(handshake("validationToken=").getStatusCode()).isEqualTo(400);
  }

  private APIGatewayV2HTTPResponse handshake(String query) {
    return receive(
        "/webhooks/outlook",
        Events.of("POST", "/webhooks/outlook")
            .query(query)
            .header("content-type", "text/plain; charset=utf-8"),
        "");
  }
}
