package clinic.scheduling.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class QueuedOnceTest extends NoticeCase {
  private static final int AT_ONCE = 1_000;

  @Test
  void aRepeatIsAcceptedAndQueuedNoSecondTime() {
    Notice notice = signed(THIN);

    for (int i = 0; i < 5; i++) {
      assertThat(accepted(notice)).hasSize(1);
    }
  }

  @Test
  void aRepeatThatWasSignedAgainLaterIsTheSameNotice() {
    accepted(signed("msg_1", THIN));

    clock.move(Duration.ofHours(20));

    assertThat(accepted(signed("msg_1", THIN))).hasSize(1);
  }

  @Test
  void anotherNoticeOfTheSameAppointmentIsAnotherMessage() {
    accepted(signed("msg_1", THIN));

    assertThat(accepted(signed("msg_2", THIN))).hasSize(2);
  }

  @Test
  void aThousandDeliveriesAtOnceAreOneMessage() throws Exception {
    Notice notice = signed(THIN);
    CountDownLatch gate = new CountDownLatch(1);
    queue.behind(gate);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<APIGatewayV2HTTPResponse>> answers =
          IntStream.range(0, AT_ONCE).mapToObj(i -> threads.submit(() -> receive(notice))).toList();
      await().until(() -> log.text().split("hint=", -1).length > AT_ONCE);
      gate.countDown();
      for (Future<APIGatewayV2HTTPResponse> answer : answers) {
        assertThat(answer.get().getStatusCode()).isEqualTo(202);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(queue.sent()).hasSize(1);
  }

  @Test
  void aNoticeWhoseWorkerWasKilledIsQueuedByTheNextOne() {
    Notice notice = signed(THIN);
    queue.killNext();
    assertThatExceptionOfType(InternalError.class).isThrownBy(() -> receive(notice));

    clock.move(NoticeDeduplicator.LEASE);

    assertThat(accepted(notice)).hasSize(1);
    assertThat(accepted(notice)).hasSize(1);
  }

  @Test
  void repeatsThatWaitForAKilledWorkerQueueItOnceBetweenThem() throws Exception {
    Notice notice = signed(THIN);
    queue.killNext();
    assertThatExceptionOfType(InternalError.class).isThrownBy(() -> receive(notice));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<APIGatewayV2HTTPResponse>> answers =
          IntStream.range(0, 8).mapToObj(i -> threads.submit(() -> receive(notice))).toList();
      await().until(() -> log.text().split("hint=", -1).length > 9);
      clock.move(NoticeDeduplicator.LEASE);
      for (Future<APIGatewayV2HTTPResponse> answer : answers) {
        assertThat(answer.get().getStatusCode()).isEqualTo(202);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(queue.sent()).hasSize(1);
  }

  @Test
  void aNoticeIsRememberedForFourteenDays() {
    accepted(signed("msg_1", THIN));

    clock.move(Duration.ofDays(14).minusSeconds(1));
    assertThat(accepted(signed("msg_1", THIN))).hasSize(1);
    clock.move(Duration.ofSeconds(1));
    assertThat(accepted(signed("msg_1", THIN))).hasSize(2);
  }

  @Test
  void aNoticeThatCouldNotBeQueuedIsAnswered503AndItsRepeatIsQueued() {
    Notice notice = signed(THIN);
    queue.failNext(2);

    for (int i = 0; i < 2; i++) {
      APIGatewayV2HTTPResponse answer = receive(notice);
      assertThat(answer.getStatusCode()).isEqualTo(503);
      assertThat(answer.getHeaders().get("Retry-After")).isEqualTo("5");
      assertThat(answer.getBody()).contains("urn:problem-type:scheduling:unavailable");
      assertThat(queue.sent()).isEmpty();
    }

    assertThat(accepted(notice)).hasSize(1);
    assertThat(accepted(notice)).hasSize(1);
  }
}
