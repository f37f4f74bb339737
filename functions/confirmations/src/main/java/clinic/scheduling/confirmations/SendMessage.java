package clinic.scheduling.confirmations;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.Practice;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Tells a patient about one change of their visit, by e-mail and by SMS.
 *
 * <p>What is told is read from Canvas at this moment: a change that something newer has overtaken
 * is not told. Each channel is claimed under the key of the message just before the provider is
 * called, so any number of deliveries of one order makes at most one message on each channel.
 *
 * <p>The limit of that promise: SES and SNS take no name for a message that could be asked about
 * later. If the process dies, or no answer comes, between the call and its record, nobody can say
 * whether the message went out. It is then never sent again; the ledger keeps it as {@code DOUBT}
 * and {@code message-doubt} is logged for the clinic. Before the call and after a refusal without
 * effect, the order goes back to the queue.
 *
 * <p>One channel that fails does not stop the other. An order that makes no sense fails until the
 * queue hands it to the dead letters.
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

  @Inject
  SendMessage(ReadOrder orders, ReadNews news, Letters letters, SendOnce once, Practice practice) {
    this.orders = orders;
    this.news = news;
    this.letters = letters;
    this.once = once;
    this.channels = Channel.of(practice.messages().channels());
  }

  /**
   * @param message one order, {@code {"v":1,"appointment","change","messageKey"}}
   * @throws RuntimeException if it is to be delivered again
   */
  @Funq
  public void sendMessage(SQSEvent.SQSMessage message) {
    log.begin("sqs", String.valueOf(message.getMessageId()));
    try {
      tell(orders.read(message.getBody()));
    } catch (RuntimeException e) {
      log.failure("message-failed", e);
      throw e;
    } finally {
      log.end();
    }
  }

  private void tell(Order order) {
    log.put("message", order.key());
    log.put("correlation", order.correlation());
    News read = news.about(order);
    if (read instanceof News.Silence silence) {
      log.info("message-not-due", "why", silence.why());
    } else if (read instanceof News.Due due) {
      tell(order, due);
    }
  }

  private void tell(Order order, News.Due due) {
    List<Channel> again =
        channels.stream()
            .filter(channel -> !once.send(order, channel, () -> letters.write(channel, due)))
            .toList();
    if (!again.isEmpty()) {
      throw new UnavailableException("messages by " + again, Duration.ofSeconds(30));
    }
  }
}
