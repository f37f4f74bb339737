package clinic.scheduling.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.setup.PracticeDocument;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Before the clinic has put its practice document, nobody could work on a notice. Its sender is
 * told to send it again.
 */
class NotSetUpYetTest {
  private static final String EXAMPLE = "../../infra/practice.example.json";
  private final MovableClock clock = MovableClock.at(NoticeCase.NOON);
  private final MemoryRows rows = new MemoryRows(clock);
  private final MemoryQueue<ChangeNotice> queue = new MemoryQueue<>(clock);

  @Test
  void aNoticeIsAnswered503AndNotQueued() {
    try (LogLines log = new LogLines()) {
      APIGatewayV2HTTPResponse answer = receive("nowhere.json", rows, Keys.NEW);

      assertThat(answer.getStatusCode()).isEqualTo(503);
      assertThat(answer.getBody()).contains("urn:problem-type:scheduling:not-set-up");
      assertThat(answer.getHeaders()).containsEntry("Retry-After", "60");
      assertThat(queue.sent()).isEmpty();
      assertThat(log.text()).contains("not-set-up");
      assertThat(log.errors()).isEmpty();
    }
  }

  @Test
  void aStrangerLearnsNothingOfIt() {
    assertThat(receive("nowhere.json", rows, Keys.OLD).getStatusCode()).isEqualTo(401);
  }

  @Test
  void itsRepeatIsQueuedWhenThereIsADocument() {
    receive("nowhere.json", rows, Keys.NEW);

    assertThat(receive(EXAMPLE, rows, Keys.NEW).getStatusCode()).isEqualTo(202);
    assertThat(queue.sent()).hasSize(1);
  }

  /** The queue keeps the notice until the document is back. */
  @Test
  void aSystemWhoseDocumentHasGotLostQueuesNotices() {
    new PracticeDocument("nowhere.json", List.of(), rows, clock).markAsUsed();

    assertThat(receive("nowhere.json", rows, Keys.NEW).getStatusCode()).isEqualTo(202);
    assertThat(queue.sent()).hasSize(1);
  }

  @Test
  void aNoticeIsQueuedThoughTheTableDoesNotAnswer() {
    assertThat(receive("table:main", new NoTable(), Keys.NEW).getStatusCode()).isEqualTo(202);
    assertThat(queue.sent()).hasSize(1);
  }

  private APIGatewayV2HTTPResponse receive(String place, Rows table, String secret) {
    ReceiveCanvasNotice function =
        new ReceiveCanvasNotice(
            new SenderAuthentication(
                new Signature(Keys.NEW, clock), new BearerTokens(Optional.empty(), () -> false)),
            new PracticeDocument(place, List.of(), table, clock),
            new NoticeDeduplicator(table, queue, clock),
            clock);
    return function.receiveCanvasNotice(
        Notice.signed("msg_1", clock.instant(), NoticeCase.THIN, secret).event().build());
  }
}
