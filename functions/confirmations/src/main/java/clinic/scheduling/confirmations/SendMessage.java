package clinic.scheduling.confirmations;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.Postponement;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Tells a patient about one change of their visit, by e-mail and by SMS.
 *
 * <p>What is told is read from Canvas at this moment, and only if it is the state that the order is
 * about ({@link ReadNews}): a change that something newer has overtaken is not told, and as long as
 * Canvas shows another state the order waits. Each channel is claimed under the key of the message
 * just before the provider is called, so any number of deliveries of one order makes at most one
 * message on each channel.
 *
 * <p>The limit of that promise: SES and SNS take no name for a message that could be asked about
 * later. If the process dies, or no answer comes, between the call and its record, nobody can say
 * whether the message went out. It is then never sent again; the ledger keeps it as {@code DOUBT}
 * and {@code message-doubt} is logged for the clinic. Before the call and after a refusal without
 * effect, the order goes back to the queue.
 *
 * <p>One channel that fails does not stop the other. Orders that go back come again ever later
 * ({@link Postponement}) and in the end become dead letters; one that makes no sense does so at
 * once.
 */
@Startup
@Singleton
public final class SendMessage {
  private final Log log = Log.of(SendMessage.class);
  private final ReadOrder orders;
  private final ReadNews news;
  private final Letters letters;
  private final SendOnce once;
  private final List<Channel> channels;
  private final Postponement postponement;

  /**
   * @param queue {@code QUEUE_PATIENT_MESSAGES_URL}: where the orders come from, to put one off
   */
  @Inject
  SendMessage(
      ReadOrder orders,
      ReadNews news,
      Letters letters,
      SendOnce once,
      Practice practice,
      SqsClient sqs,
      @ConfigProperty(name = "QUEUE_PATIENT_MESSAGES_URL") String queue) {
    this.orders = orders;
    this.news = news;
    this.letters = letters;
    this.once = once;
    this.channels = Channel.of(practice.messages().channels());
    this.postponement = new Postponement(sqs, queue);
  }

  /**
   * @param message one order, {@code {"v":1,"appointment","change","messageKey"}}
   * @throws RuntimeException if it is to be delivered again
   */
  @Funq
  public void sendMessage(SQSEvent.SQSMessage message) {
    log.begin("sqs", String.valueOf(message.getMessageId()));
    try {
      Deadline deadline = once.deadline();
      tell(orders.read(message.getBody()), deadline);
    } catch (UnavailableException e) {
      log.warn("later", "system", e.system(), "delay", e.retryAfter());
      postponement.postpone(message, e.retryAfter());
      throw e;
    } catch (RuntimeException e) {
      log.failure("message-failed", e);
      comeBack(message, e);
      throw e;
    } finally {
      log.end();
    }
  }

  private void comeBack(SQSEvent.SQSMessage message, RuntimeException failure) {
    if (failure instanceof BadOrderException) {
      postponement.hurry(message);
    } else {
      postponement.postpone(message, Duration.ZERO);
    }
  }

  private void tell(Order order, Deadline deadline) {
    log.put("message", order.key());
    log.put("correlation", order.correlation());
    News read = news.about(order);
    if (read instanceof News.Silence silence) {
      log.info("message-not-due", "why", silence.why());
    } else if (read instanceof News.Due due) {
      tell(due, deadline);
    }
  }

  private void tell(News.Due due, Deadline deadline) {
    List<Channel> again =
        channels.stream().filter(channel -> !once.send(draft(due, channel), deadline)).toList();
    if (!again.isEmpty()) {
      throw new UnavailableException("messages by " + again, RetryAfter.USUAL);
    }
  }

  private Draft draft(News.Due due, Channel channel) {
    return new Draft(due.order().row(channel), channel, () -> letters.write(channel, due));
  }
}
