package clinic.scheduling.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.ledger.MortalRows;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.sandbox.openapi.OpenApiContract;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.quarkus.test.common.QuarkusTestResource;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Shared by the tests of the whole function; checks each answer against the OpenAPI document. */
@QuarkusTestResource(Keys.class)
abstract class NoticeCase {
  static final String NOON = "2027-03-16T12:00:00Z";
  static final String APPOINTMENT = "1a4f6c2e-90b3-4d57-8e21-7c6b5a493801";
  static final String THIN =
      "{\"v\":1,\"event\":\"APPOINTMENT_UPDATED\",\"appointment\":\"" + APPOINTMENT + "\"}";
  private static final OpenApiContract CONTRACT = OpenApiContract.published();

  @Inject ReceiveCanvasNotice function;
  @Inject FailingQueue queue;
  @Inject MortalRows rows;
  @Inject MovableClock clock;
  LogLines log;

  @BeforeEach
  void quiet() {
    clock.set(Instant.parse(NOON));
    queue.clear();
    rows.clear();
    log = new LogLines();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  final Notice signed(String body) {
    return signed("msg_1", body);
  }

  final Notice signed(String id, String body) {
    return Notice.signed(id, clock.instant(), body, Keys.NEW);
  }

  final APIGatewayV2HTTPResponse receive(Notice notice) {
    return receive(notice.event(), notice.body());
  }

  final APIGatewayV2HTTPResponse receive(Events events, String body) {
    APIGatewayV2HTTPEvent event = events.build();
    APIGatewayV2HTTPResponse answer = function.receiveCanvasNotice(event);
    CONTRACT.check(
        "POST",
        "/webhooks/canvas",
        answer.getStatusCode(),
        answer.getHeaders(),
        body,
        answer.getBody());
    return answer;
  }

  /** Sends a notice that must be accepted, and returns the queued messages. */
  final List<ChangeNotice> accepted(Notice notice) {
    APIGatewayV2HTTPResponse answer = receive(notice);
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(202);
    assertThat(answer.getBody()).isEmpty();
    return queue.sent();
  }

  /** Sends a notice that must be refused; nothing may be queued or remembered. */
  final APIGatewayV2HTTPResponse refused(int status, Notice notice) {
    return refused(status, notice.event(), notice.body());
  }

  final APIGatewayV2HTTPResponse refused(int status, Events events, String body) {
    APIGatewayV2HTTPResponse answer = receive(events, body);
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
    assertThat(queue.sent()).isEmpty();
    assertThat(rows.text()).isEqualTo("{}");
    return answer;
  }
}
