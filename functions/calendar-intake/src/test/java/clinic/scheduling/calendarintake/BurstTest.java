package clinic.scheduling.calendarintake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinic.scheduling.core.Seed;
import clinic.scheduling.core.subscription.CalendarWatches.NewWatch;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A burst of notices costs few messages, and no change is lost. */
class BurstTest extends CalendarNoticeCase {

  @Test
  void theFirstNoticeIsQueuedWithoutDelay() {
    google(open(google, "resource-1"), "exists");

    assertThat(queue.due()).hasSize(1);
  }

  @Test
  void aThousandNoticesInTenSecondsAreAHandfulOfMessages() {
    NewWatch watch = open(google, "resource-1");

    for (int i = 0; i < 1_000; i++) {
      assertThat(google(watch, "exists").getStatusCode()).isEqualTo(202);
      clock.move(Duration.ofMillis(10));
    }

    assertThat(queued()).hasSizeBetween(2, 8);
  }

  @Test
  void aThousandNoticesAtOnceAreAHandfulOfMessages() throws Exception {
    NewWatch watch = open(google, "resource-1");
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try {
      List<Future<APIGatewayV2HTTPResponse>> answers =
          IntStream.range(0, 1_000)
              .mapToObj(i -> threads.submit(() -> google(watch, "exists")))
              .toList();
      for (Future<APIGatewayV2HTTPResponse> answer : answers) {
        assertThat(answer.get().getStatusCode()).isEqualTo(202);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(queued()).hasSizeBetween(1, 60);
  }

  @Test
  void aNoticeAfterAQuietTimeIsQueuedAtOnceAgain() {
    NewWatch watch = open(google, "resource-1");
    google(watch, "exists");
    clock.move(QueueCalendarChange.BURST.plusSeconds(1));

    google(watch, "exists");

    assertThat(queue.due()).hasSize(2);
  }

  @Test
  void aNoticeThatComesJustBeforeTheWaitingMessageIsDueHasAMessageOfItsOwn() {
    NewWatch watch = open(google, "resource-1");
    google(watch, "exists");
    google(watch, "exists");
    clock.move(QueueCalendarChange.DELAY.minusMillis(500));

    google(watch, "exists");

    assertThat(queued()).hasSize(3);
  }

  @Test
  void aWorkerThatDiesBeforeItSendsSuppressesNobody() {
    NewWatch watch = open(google, "resource-1");
    google(watch, "exists");
    queue.killBeforeNext();
    assertThatExceptionOfType(InternalError.class).isThrownBy(() -> google(watch, "exists"));

    google(watch, "exists");

    assertThat(queued()).hasSize(2);
  }

  @Test
  void aWorkerThatDiesAfterItHasSentCostsAtMostOneMoreMessage() {
    NewWatch watch = open(google, "resource-1");
    queue.killAfterNext();
    assertThatExceptionOfType(InternalError.class).isThrownBy(() -> google(watch, "exists"));

    google(watch, "exists");

    assertThat(queued()).hasSize(2);
  }

  @Test
  void aMarkThatCannotBeWrittenCostsAMessageAndLosesNone() {
    NewWatch watch = open(google, "resource-1");
    queue.failNext(1);
    assertThat(google(watch, "exists").getStatusCode()).isEqualTo(503);

    assertThat(google(watch, "exists").getStatusCode()).isEqualTo(202);

    assertThat(queued()).hasSize(1);
  }

  /**
   * However notices, deaths and failures are mixed, each accepted notice is seen by a later read.
   */
  @Test
  void everyNoticeThatWasAcceptedIsFollowedByAMessageThatIsPickedUpLater() {
    Random random = new Random(Seed.of(BurstTest.class));
    NewWatch watch = open(google, "resource-1");
    List<Instant> accepted = new ArrayList<>();
    int deaths = 0;
    for (int i = 0; i < 2_000; i++) {
      clock.move(Duration.ofMillis(random.nextInt(random.nextInt(20) == 0 ? 15_000 : 400)));
      switch (random.nextInt(12)) {
        case 0 -> queue.killBeforeNext();
        case 1 -> queue.killAfterNext();
        case 2 -> queue.failNext(1);
        default -> {}
      }
      Instant notice = clock.instant();
      try {
        if (google(watch, "exists").getStatusCode() == 202) {
          accepted.add(notice);
        }
      } catch (InternalError killed) {
        deaths++;
      }
    }

    List<Instant> pickedUp = queue.pickUps();
    assertThat(deaths).isPositive();
    assertThat(pickedUp).hasSizeLessThan(accepted.size());
    assertThat(accepted)
        .allSatisfy(notice -> assertThat(pickedUp).anyMatch(pickUp -> !pickUp.isBefore(notice)));
    // A pick-up follows each notice soon, not only at the end.
    assertThat(accepted)
        .allSatisfy(
            notice ->
                assertThat(pickedUp)
                    .anyMatch(
                        pickUp ->
                            !pickUp.isBefore(notice)
                                && pickUp.isBefore(notice.plus(Duration.ofSeconds(20)))));
  }
}
