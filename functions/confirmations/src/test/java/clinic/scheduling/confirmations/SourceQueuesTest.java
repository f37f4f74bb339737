package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.confirmations.SendMessage.SourceQueues;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.queue.PostponedMessages;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A message of one queue is never treated as a message of the other queue. */
class SourceQueuesTest {
  private static final String ARN = "arn:aws:sqs:us-east-1:000000000000:";
  private static final String URL = "https://sqs.us-east-1.amazonaws.com/000000000000/";
  private static final String REQUESTS = URL + "clinic-patient-messages";

  private final SourceQueues queues =
      new SourceQueues(
          new PostponedMessages(),
          () -> REQUESTS,
          () -> Optional.of(URL + "clinic-message-events"),
          Clock.systemUTC());

  @Test
  void eachMessageIsOfTheQueueThatItsArnNames() {
    assertThat(queues.of(from(ARN + "clinic-patient-messages")).source())
        .isEqualTo(SourceQueues.Source.PATIENT_MESSAGES);
    assertThat(queues.of(from(ARN + "clinic-message-events")).source())
        .isEqualTo(SourceQueues.Source.MESSAGE_EVENTS);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", ARN + "message-events", ARN + "other-clinic-patient-messages"})
  void anyOtherQueueIsAnErrorThatNamesIt(String arn) {
    try (LogLines log = new LogLines()) {
      assertThatThrownBy(() -> queues.of(from(arn)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("QUEUE_MESSAGE_EVENTS_URL")
          .hasMessageContaining(arn == null ? "none" : arn);
      assertThat(log.text()).contains("queue-unknown");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void withoutAQueueOfEventsOnlyRequestsAreTaken(String events) {
    SourceQueues one =
        new SourceQueues(
            new PostponedMessages(), () -> REQUESTS, () -> Optional.of(events), Clock.systemUTC());

    assertThat(one.of(from(ARN + "clinic-patient-messages")).source())
        .isEqualTo(SourceQueues.Source.PATIENT_MESSAGES);
    assertThatThrownBy(() -> one.of(from(ARN + "clinic-message-events")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> one.of(from(ARN))).isInstanceOf(IllegalStateException.class);
  }

  private static SQSMessage from(String arn) {
    SQSMessage message = new SQSMessage();
    message.setEventSourceArn(arn);
    return message;
  }
}
