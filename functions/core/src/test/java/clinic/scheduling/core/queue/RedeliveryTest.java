package clinic.scheduling.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import clinic.scheduling.core.LogLines;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;

/**
 * The delay of a message grows with each failure. It is never shorter than requested, and never
 * longer than 15 minutes.
 */
class RedeliveryTest {
  private static final Instant NOW = Instant.parse("2027-03-14T15:00:00Z");
  private final PostponedMessages sqs = new PostponedMessages();
  private final Redelivery postponement =
      new Redelivery(sqs, "http://sqs/1/queue", Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void theWaitsGrowUntilAQuarterOfAnHour() {
    IntStream.rangeClosed(1, 12).forEach(n -> postponement.postpone(message(n), Duration.ZERO));

    assertThat(sqs.seconds()).containsExactly(2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900);
  }

  @Test
  void aLongerDelayThatWasAskedForIsKeptAndNotCutShort() {
    postponement.postpone(message(2), Duration.ofSeconds(14));
    postponement.postpone(message(2), Duration.ofMillis(15_001));
    postponement.postpone(message(1), Duration.ofHours(3));

    assertThat(sqs.seconds()).containsExactly(14, 16, 900);
  }

  @Test
  void aMessageThatIsPutBackComesAfterAQuarterOfAnHourAndIsNeverLate() {
    try (LogLines log = new LogLines()) {
      postponement.putBack(sent(NOW.minusSeconds(3_000), 1));

      assertThat(sqs.seconds()).containsExactly(900);
      assertThat(log.text()).isEmpty();
    }
  }

  @Test
  void whatWillNotPassComesBackAtOnce() {
    postponement.retrySoon(message(7));

    assertThat(sqs.seconds()).containsExactly(1);
  }

  @Test
  void aMessageThatDoesNotSayHowOftenItCameCameOnce() {
    postponement.postpone(new SQSMessage(), Duration.ZERO);

    assertThat(sqs.seconds()).containsExactly(2);
  }

  /** SQS itself leaves a message out of the age of its queue once it was received three times. */
  @Test
  void aMessageThatFailsAgainAfterFiveMinutesIsLogged() {
    try (LogLines log = new LogLines()) {
      postponement.postpone(sent(NOW.minusSeconds(300), 8), Duration.ZERO);
      assertThat(log.text()).doesNotContain("message-late");

      postponement.postpone(sent(NOW.minusSeconds(301), 9), Duration.ZERO);

      assertThat(log.text()).contains("message-late seconds=301 deliveries=9 {queue=queue}");
    }
  }

  @Test
  void ifSqsCannotBeAskedTheTimeOutOfTheQueueHolds() {
    Redelivery cut =
        new Redelivery(new UnreachableSqs(), "queue", Clock.fixed(NOW, ZoneOffset.UTC));

    assertThatCode(() -> cut.postpone(message(1), Duration.ZERO)).doesNotThrowAnyException();
  }

  private static SQSMessage message(int deliveries) {
    SQSMessage message = new SQSMessage();
    message.setReceiptHandle("receipt");
    message.setAttributes(Map.of("ApproximateReceiveCount", Integer.toString(deliveries)));
    return message;
  }

  private static SQSMessage sent(Instant time, int deliveries) {
    SQSMessage message = message(deliveries);
    message.setAttributes(
        Map.of(
            "ApproximateReceiveCount",
            Integer.toString(deliveries),
            "SentTimestamp",
            Long.toString(time.toEpochMilli())));
    return message;
  }

  private static final class UnreachableSqs implements SqsClient {
    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(
        ChangeMessageVisibilityRequest request) {
      throw SdkClientException.create("out of reach");
    }

    @Override
    public String serviceName() {
      return "sqs";
    }

    @Override
    public void close() {}
  }
}
