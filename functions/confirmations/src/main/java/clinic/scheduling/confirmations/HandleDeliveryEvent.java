package clinic.scheduling.confirmations;

import clinic.scheduling.confirmations.contact.Contacts;
import clinic.scheduling.confirmations.events.DeliveryEvent;
import clinic.scheduling.confirmations.events.ParseDeliveryEvent;
import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.ReviewList;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Processes the reports of SES and the answers of patients. They arrive through SNS and the queue
 * {@code message-events}.
 *
 * <ul>
 *   <li>A permanent bounce, a complaint and an opt-out suppress the contact point at once.
 *   <li>If a mail did not arrive, the message is requested again, so that it is sent by text.
 *   <li>If the outcome of a mail was unknown, a report of its delivery or its failure settles it.
 *   <li>Answers go to {@link HandleReply}.
 * </ul>
 *
 * <p>A report about a mail with a code only suppresses the address, if it has to. The clinic does
 * not hear of it, because such a mail belongs to no visit.
 *
 * <p>AWS writes these messages, and they contain e-mail addresses and phone numbers. Our log and
 * table get only a keyed digest of an address or number. A message that is delivered twice changes
 * nothing the second time.
 */
@Singleton
final class HandleDeliveryEvent implements DeliveryEvent.Handler {
  private final ParseDeliveryEvent parser;
  private final HandleReply replies;
  private final Contacts contacts;
  private final DeliveryLedger deliveries;
  private final ReviewList review;
  private final ChangeLog changes;
  private final DeferredMessages deferred;
  private final Clock clock;
  private final Log log = Log.of(HandleDeliveryEvent.class);

  @Inject
  HandleDeliveryEvent(
      ParseDeliveryEvent parser,
      HandleReply replies,
      Contacts contacts,
      DeliveryLedger deliveries,
      ReviewList review,
      ChangeLog changes,
      DeferredMessages deferred,
      Clock clock) {
    this.parser = parser;
    this.replies = replies;
    this.contacts = contacts;
    this.deliveries = deliveries;
    this.review = review;
    this.changes = changes;
    this.deferred = deferred;
    this.clock = clock;
  }

  /**
   * Handles one message of the queue.
   *
   * @throws BadMessageRequestException if the body is not JSON
   * @throws RuntimeException if the message has to be delivered again
   */
  void handle(@Nullable String body) {
    parser.parse(body).accept(this);
  }

  @Override
  public void delivered(DeliveryEvent.Delivered event) {
    recordReport(event.mail());
  }

  @Override
  public void refused(DeliveryEvent.Refused event) {
    suppress(event);
    if (event.mail().hasCode()) {
      return;
    }
    recordReport(event.mail());
    if (!event.isComplaint()) {
      handleNotArrived(event.mail(), event.why());
    }
  }

  @Override
  public void undelivered(DeliveryEvent.Undelivered event) {
    if (event.mail().hasCode()) {
      log.info("code-not-arrived", "why", event.why());
      return;
    }
    recordReport(event.mail());
    handleNotArrived(event.mail(), event.why());
  }

  @Override
  public void delayed(DeliveryEvent.Delayed event) {
    if (event.mail().hasCode()) {
      log.info("code-not-arrived", "why", "delayed");
      return;
    }
    review.mailNotArrived(event.mail().key(), event.mail().visit(), "delayed");
    log.info("mail-delayed", "message", event.mail().key());
  }

  @Override
  public void reply(DeliveryEvent.Reply event) {
    replies.handle(event);
  }

  @Override
  public void unsubscribed(DeliveryEvent.Unsubscribed event) {
    contacts.unsubscribed(event.contact());
  }

  @Override
  public void ignored(DeliveryEvent.Ignored event) {
    log.info("event-ignored", "kind", event.kind());
  }

  private void recordReport(DeliveryEvent.Mail mail) {
    mail.message()
        .ifPresent(
            it -> deliveries.recordReport(it.root(), it.name(), Channel.EMAIL, mail.external()));
  }

  private void suppress(DeliveryEvent.Refused event) {
    DeliveryEvent.Mail mail = event.mail();
    Optional<String> contact =
        mail.contact().or(() -> mail.to().map(to -> contacts.name(Channel.EMAIL, to)));
    if (contact.isEmpty()) {
      log.warn("event-without-contact", "why", event.why(), "message", mail.key());
    } else if (mail.hasCode()) {
      contacts.refusedCode(Channel.EMAIL, contact.get(), event.why());
    } else if (event.isComplaint()) {
      contacts.complained(contact.get(), mail.visit());
    } else {
      contacts.bounced(contact.get(), mail.visit());
    }
  }

  private void handleNotArrived(DeliveryEvent.Mail mail, String why) {
    review.mailNotArrived(mail.key(), mail.visit(), why);
    mail.message().ifPresent(this::tryByText);
    log.warn("mail-not-arrived", "message", mail.key(), "why", why);
  }

  /**
   * Requests the message again. The request is stored as deferred until now, so the next reminders
   * run queues it within minutes. Each channel is then decided again, and a message that was
   * already sent is not sent again. If a newer change exists, nothing is requested, because the
   * message about the newer change replaces this one.
   */
  private void tryByText(DeliveryEvent.MessageName message) {
    deliveries.markUndelivered(message.root(), message.name());
    change(message)
        .ifPresent(
            change ->
                deferred.put(
                    PatientMessage.of(message.root(), change, message.key(), null),
                    clock.instant()));
  }

  private Optional<Change> change(DeliveryEvent.MessageName message) {
    return message.name().matches("[0-9]+")
        ? changes
            .read(message.root())
            .filter(last -> Integer.toString(last.sequence()).equals(message.name()))
            .map(ChangeRecord::change)
        : Optional.of(Change.REMINDER);
  }
}
