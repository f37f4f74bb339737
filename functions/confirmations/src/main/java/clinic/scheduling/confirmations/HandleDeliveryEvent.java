package clinic.scheduling.confirmations;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.queue.Redelivery;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What comes back by SNS and the queue {@code message-events}: bounces, complaints and opt-outs
 * suppress the contact point at once; what did not arrive by mail is tried by text; deliveries
 * settle doubts; the answer C confirms the visit that the number was last texted about; what a
 * person has to read is brought before one. These messages are AWS's own and hold addresses and
 * numbers, so that nothing of them is logged or kept but a keyed digest.
 */
@Singleton
final class HandleDeliveryEvent {
  private static final String CONFIRM = "c";

  private final ParseDeliveryEvent events;
  private final Contacts contacts;
  private final Suppressions suppressions;
  private final ProviderRecords records;
  private final TextLimits texts;
  private final ConfirmVisit confirm;
  private final NoteAnswer answers;
  private final OtherChannel otherChannel;
  private final ReviewList troubles;
  private final Optional<String> queue;
  private final Redelivery postponement;
  private final Log log = Log.of(SendMessage.class);

  @Inject
  HandleDeliveryEvent(
      ParseDeliveryEvent events,
      Contacts contacts,
      Suppressions suppressions,
      ProviderRecords records,
      TextLimits texts,
      ConfirmVisit confirm,
      NoteAnswer answers,
      OtherChannel otherChannel,
      ReviewList troubles,
      SqsClient sqs,
      MessagesSettings.Events settings) {
    this.events = events;
    this.contacts = contacts;
    this.suppressions = suppressions;
    this.records = records;
    this.texts = texts;
    this.confirm = confirm;
    this.answers = answers;
    this.otherChannel = otherChannel;
    this.troubles = troubles;
    this.queue = settings.queueUrl().filter(url -> !url.isBlank());
    this.postponement = new Redelivery(sqs, this.queue.orElse(""));
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
    } catch (BadMessageRequestException e) {
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
      sent(delivered.mail());
    } else if (event instanceof ProviderEvent.Refused refused) {
      suppress(refused);
      sent(refused.mail());
      if (refused.why().equals(Suppressions.BOUNCED)) {
        notArrived(refused.mail(), refused.why());
      }
    } else if (event instanceof ProviderEvent.Undelivered undelivered) {
      sent(undelivered.mail());
      notArrived(undelivered.mail(), undelivered.why());
    } else if (event instanceof ProviderEvent.Delayed delayed) {
      troubles.notArrived(delayed.mail(), "delayed");
      log.info("mail-delayed", "message", name(delayed.mail()));
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

  private void sent(ProviderEvent.Mail mail) {
    mail.message()
        .ifPresent(it -> records.sent(it.root(), it.name(), Channel.EMAIL, mail.external()));
  }

  /** Listed, and said by text message where the patient may be told so. */
  private void notArrived(ProviderEvent.Mail mail, String why) {
    troubles.notArrived(mail, why);
    mail.message().ifPresent(otherChannel::tryFor);
    log.warn("mail-not-arrived", "message", name(mail), "why", why);
  }

  private void suppress(ProviderEvent.Refused refused) {
    Optional<String> contact =
        refused
            .mail()
            .contact()
            .or(() -> refused.mail().to().map(to -> contacts.name(Channel.EMAIL, to)));
    if (contact.isEmpty()) {
      log.warn("event-without-contact", "why", refused.why(), "message", name(refused.mail()));
    }
    contact.ifPresent(
        name ->
            suppressions.add(
                Channel.EMAIL,
                name,
                Suppressions.Scope.EVERYTHING,
                refused.why(),
                refused.mail().message().map(ProviderEvent.Name::root)));
  }

  private static String name(ProviderEvent.Mail mail) {
    return mail.message().map(it -> it.root() + "#" + it.name()).orElse(mail.external());
  }

  private void answered(ProviderEvent.Answer answer) {
    String contact = contacts.name(Channel.SMS, answer.number());
    if (OptOut.plain(answer.words().value()).equals(CONFIRM)) {
      texts.lastVisit(contact).ifPresent(confirm::confirm);
      return;
    }
    switch (OptOut.of(answer.words().value())) {
      case STOPS ->
          suppressions.add(
              Channel.SMS,
              contact,
              Suppressions.Scope.EVERYTHING,
              "opted-out",
              texts.lastVisit(contact));
      case UNCLEAR -> answers.note(answer, contact, texts.lastVisit(contact));
      case GOES_ON -> log.info("event-ignored", "kind", "answer");
    }
  }
}
