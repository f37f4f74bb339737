package clinic.scheduling.confirmations;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.queue.Postponement;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What comes back by SNS and the queue {@code message-events}: bounces, complaints and opt-outs
 * suppress the contact point at once; deliveries settle doubts; the answer C confirms the visit
 * that the number was last texted about. These messages are AWS's own and hold addresses and
 * numbers, so that nothing of them is logged or kept but a keyed digest.
 */
@Singleton
final class HearProvider {
  private static final String CONFIRM = "c";

  private final ReadEvent events;
  private final Contacts contacts;
  private final Suppressions suppressions;
  private final ProviderRecords records;
  private final TextLimits texts;
  private final ConfirmVisit confirm;
  private final Optional<String> queue;
  private final Postponement postponement;
  private final Log log = Log.of(SendMessage.class);

  /**
   * @param queue {@code QUEUE_MESSAGE_EVENTS_URL}: where these messages come from; without it none
   *     do
   */
  @Inject
  HearProvider(
      ReadEvent events,
      Contacts contacts,
      Suppressions suppressions,
      ProviderRecords records,
      TextLimits texts,
      ConfirmVisit confirm,
      SqsClient sqs,
      @ConfigProperty(name = "QUEUE_MESSAGE_EVENTS_URL") Optional<String> queue) {
    this.events = events;
    this.contacts = contacts;
    this.suppressions = suppressions;
    this.records = records;
    this.texts = texts;
    this.confirm = confirm;
    this.queue = queue.filter(url -> !url.isBlank());
    this.postponement = new Postponement(sqs, queue.orElse(""));
  }

  /** Whether this message came from that queue. */
  boolean reports(SQSMessage message) {
    return queue
        .map(url -> url.substring(url.lastIndexOf('/') + 1))
        .filter(name -> String.valueOf(message.getEventSourceArn()).endsWith(":" + name))
        .isPresent();
  }

  /**
   * @throws RuntimeException if it is to be delivered again
   */
  void hear(SQSMessage message) {
    try {
      act(events.read(message.getBody()));
    } catch (BadOrderException e) {
      log.failure("event-unreadable", e);
      postponement.hurry(message);
      throw e;
    } catch (RuntimeException e) {
      log.failure("event-failed", e);
      postponement.postpone(message, Duration.ZERO);
      throw e;
    } finally {
      log.end();
    }
  }

  private void act(ProviderEvent event) {
    if (event instanceof ProviderEvent.Delivered delivered) {
      sent(delivered.message(), delivered.external());
    } else if (event instanceof ProviderEvent.Refused refused) {
      refused.addresses().forEach(address -> suppress(address, refused));
      sent(refused.message(), refused.external());
    } else if (event instanceof ProviderEvent.Answer answer) {
      answered(answer);
    } else if (event instanceof ProviderEvent.Unsubscribed unsubscribed) {
      suppressions.add(
          Channel.EMAIL,
          unsubscribed.contact(),
          Suppressions.Scope.REMINDERS,
          "unsubscribed",
          Optional.empty());
    } else if (event instanceof ProviderEvent.Nothing nothing) {
      log.info("event-ignored", "kind", nothing.kind());
    }
  }

  private void sent(Optional<ProviderEvent.Name> message, String external) {
    message.ifPresent(it -> records.sent(it.root(), it.name(), Channel.EMAIL, external));
  }

  private void suppress(Phi<String> address, ProviderEvent.Refused refused) {
    suppressions.add(
        Channel.EMAIL,
        contacts.name(Channel.EMAIL, address),
        Suppressions.Scope.EVERYTHING,
        refused.why(),
        refused.message().map(ProviderEvent.Name::root));
  }

  private void answered(ProviderEvent.Answer answer) {
    String contact = contacts.name(Channel.SMS, answer.number());
    if (OptOut.of(answer.words().value()) == OptOut.Answer.STOPS) {
      suppressions.add(
          Channel.SMS,
          contact,
          Suppressions.Scope.EVERYTHING,
          "opted-out",
          texts.lastVisit(contact));
    } else if (OptOut.plain(answer.words().value()).equals(CONFIRM)) {
      texts.lastVisit(contact).ifPresent(confirm::confirm);
    } else {
      log.info("event-ignored", "kind", "answer");
    }
  }
}
