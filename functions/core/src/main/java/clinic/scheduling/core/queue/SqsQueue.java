package clinic.scheduling.core.queue;

import clinic.scheduling.core.CallBudget;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * An Amazon SQS queue; messages are JSON (docs/facts/aws.md 2). Sending, with all retries, takes 5
 * s at most, and no longer than the {@link CallBudget} allows.
 */
public final class SqsQueue<T> implements Queue<T> {
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final SqsClient sqs;
  private final String url;
  private final ObjectMapper mapper;
  private final CallBudget time;

  public SqsQueue(SqsClient sqs, String url, ObjectMapper mapper, CallBudget time) {
    this.sqs = sqs;
    this.url = url;
    this.mapper = mapper;
    this.time = time;
  }

  @Override
  public void send(T message, Duration delay) {
    if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException("a delay is 0 to 15 minutes: " + delay);
    }
    String body = write(message);
    Duration longest = time.atMost("queue", LONGEST);
    sqs.sendMessage(
        send ->
            send.queueUrl(url)
                .messageBody(body)
                .delaySeconds(wholeSeconds(delay))
                .overrideConfiguration(call -> call.apiCallTimeout(longest)));
  }

  /** SQS takes whole seconds; we round up, so as not to deliver too early. */
  private static int wholeSeconds(Duration delay) {
    return (int) delay.plusMillis(999).toSeconds();
  }

  private String write(T message) {
    try {
      return mapper.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message of ids is always JSON", e);
    }
  }
}
