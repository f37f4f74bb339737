package clinic.scheduling.confirmations;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.ReminderStep;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.queue.Redelivery;
import clinic.scheduling.core.wiring.Settings;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Tells a patient about one change of their visit, by e-mail and by SMS.
 *
 * <p>What is told is read from Canvas at this moment, and only if it is the state that the order is
 * about ({@link DecideMessage}): a change that something newer has overtaken is not told, and as
 * long as Canvas shows another state the order waits. Each channel is claimed under the key of the
 * message just before the provider is called, so any number of deliveries of one order makes at
 * most one message on each channel.
 *
 * <p>The limit of that promise: SES and SNS take no name for a message that could be asked about
 * later. If the process dies, or no answer comes, between the call and its record, nobody can say
 * whether the message went out. It is then never sent again; the ledger keeps it as {@code DOUBT},
 * {@code message-doubt} is logged and the message is listed for the clinic, until an event of SES
 * settles it ({@link HandleDeliveryEvent}). Before the call and after a refusal without effect, the
 * order goes back to the queue.
 *
 * <p>What a message says is the step from what its patient last heard on that channel to how things
 * stand ({@link LastNotified}). A text message that comes up at night waits for the morning, on a
 * list that the reminders run works off.
 *
 * <p>One channel that fails does not stop the other. Orders that go back come again ever later
 * ({@link Redelivery}) and in the end become dead letters; one that makes no sense does so at once.
 */
@Startup
@Singleton
public final class SendMessage {
  private final Log log = Log.of(SendMessage.class);
  private final ParseMessageRequest orders;
  private final DecideMessage news;
  private final MessagePolicy letters;
  private final SendOnce once;
  private final HandleDeliveryEvent provider;
  private final ProviderRecords records;
  private final ReportUntoldChanges untold;
  private final DeferredMessages waiting;
  private final List<Channel> channels;
  private final List<ReminderStep> steps;
  private final Redelivery postponement;

  @Inject
  SendMessage(
      ParseMessageRequest orders,
      DecideMessage news,
      MessagePolicy letters,
      SendOnce once,
      HandleDeliveryEvent provider,
      ProviderRecords records,
      ReportUntoldChanges untold,
      DeferredMessages waiting,
      Practice practice,
      SqsClient sqs,
      Settings.PatientMessages queue) {
    this.orders = orders;
    this.news = news;
    this.letters = letters;
    this.once = once;
    this.provider = provider;
    this.records = records;
    this.untold = untold;
    this.waiting = waiting;
    this.channels = Channel.of(practice.messages());
    this.steps = practice.messages().reminders();
    this.postponement = new Redelivery(sqs, queue.url());
  }

  /**
   * @param message one order, {@code {"v":1,"appointment","change","messageKey"}}, or what a
   *     provider reports, from the queue {@code message-events}
   * @throws RuntimeException if it is to be delivered again
   */
  @Funq
  public void sendMessage(SQSEvent.SQSMessage message) {
    log.begin("sqs", String.valueOf(message.getMessageId()));
    if (provider.reports(message)) {
      provider.hear(message);
      return;
    }
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
    if (failure instanceof BadMessageRequestException) {
      postponement.hurry(message);
    } else {
      postponement.postpone(message, Duration.ZERO);
    }
  }

  private void tell(MessageRequest order, Deadline deadline) {
    log.put("message", order.key());
    log.put("correlation", order.correlation());
    MessageDecision read = news.about(order);
    if (read instanceof MessageDecision.Silence silence) {
      log.info("message-not-due", "why", silence.why());
      if (silence.why().equals(MessageDecision.Silence.OVER)) {
        untold.listIfMissed(order);
      }
    } else if (read instanceof MessageDecision.Early early) {
      waiting.put(order.again(), early.until());
      log.info("message-waits", "until", early.until());
    } else if (read instanceof MessageDecision.DueReminder due) {
      remind(due, deadline);
    } else if (read instanceof MessageDecision.Due due) {
      send(channels.stream().map(channel -> () -> draft(channel, due)), deadline);
      untold.listIfAllFailed(order);
    }
  }

  /** A text message that was not sent because of a mail is, if that mail has not arrived. */
  private PendingMessage draft(Channel channel, MessageDecision.Due due) {
    PendingMessage usual =
        new PendingMessage(due.order(), channel, () -> letters.write(channel, due));
    return channel == Channel.SMS && records.isUndelivered(due.order()) && gaveWay(usual)
        ? PendingMessage.instead(due.order(), channel, usual.write())
        : usual;
  }

  private boolean gaveWay(PendingMessage text) {
    return once.isLeftToMail(text) || once.isUnreached(text);
  }

  /** One channel after the other, and no further than the first that reaches the patient. */
  private void remind(MessageDecision.DueReminder due, Deadline deadline) {
    for (Channel channel : Channel.of(due.step(), steps, channels)) {
      PendingMessage draft =
          new PendingMessage(due.order(), channel, () -> letters.write(channel, due));
      send(Stream.of(() -> draft), deadline);
      if (!once.isUnreached(draft) && !once.isRefused(draft) && !hasNotArrived(draft)) {
        return;
      }
    }
  }

  private boolean hasNotArrived(PendingMessage draft) {
    return draft.channel() == Channel.EMAIL && records.isUndelivered(draft.order());
  }

  /** Each is chosen when its turn comes: a text depends on what became of the mail before it. */
  private void send(Stream<Supplier<PendingMessage>> drafts, Deadline deadline) {
    List<Channel> again =
        drafts
            .map(Supplier::get)
            .filter(draft -> !once.send(draft, deadline))
            .map(PendingMessage::channel)
            .toList();
    if (!again.isEmpty()) {
      throw new UnavailableException("messages by " + again, RetryAfter.USUAL);
    }
  }
}
