package clinic.scheduling.confirmations.events;

import clinic.scheduling.core.Phi;
import java.util.Optional;

/** What a provider reports, or a patient answers. */
public sealed interface DeliveryEvent {

  /** Calls the method of this case. */
  void accept(Handler handler);

  /** Handles each case; a new one does not compile until every handler handles it. */
  interface Handler {
    void delivered(Delivered event);

    void refused(Refused event);

    void undelivered(Undelivered event);

    void delayed(Delayed event);

    void reply(Reply event);

    void unsubscribed(Unsubscribed event);

    void ignored(Ignored event);
  }

  /** A message of ours, by the two parts of its key. */
  record MessageName(String root, String name) {
    public String key() {
      return root + "#" + name;
    }
  }

  /**
   * A mail of ours, identified by the tags that we sent with it. We do not use the addresses in the
   * report, because forwarded mail is reported with somebody else's address.
   *
   * @param message empty for a mail that carries no name of ours
   * @param contact {@code Contacts.name} of the address that it was sent to
   * @param to the address itself, used if the mail has no contact tag
   * @param external the id that SES gave it
   */
  record Mail(
      Optional<MessageName> message,
      Optional<String> contact,
      Optional<Phi<String>> to,
      String external) {
    public Optional<String> visit() {
      return message.map(MessageName::root);
    }

    /** The message key, or the SES message id if there is none. */
    public String key() {
      return message.map(MessageName::key).orElse(external);
    }
  }

  /** SES has handed the mail over. */
  record Delivered(Mail mail) implements DeliveryEvent {
    @Override
    public void accept(Handler handler) {
      handler.delivered(this);
    }
  }

  /**
   * The address is to be suppressed: it bounced permanently, or its owner complained.
   *
   * @param isComplaint whether its owner complained; otherwise the address does not exist
   */
  record Refused(Mail mail, boolean isComplaint) implements DeliveryEvent {
    /** The fixed word for log and review list. */
    public String why() {
      return isComplaint ? "complained" : "bounced";
    }

    @Override
    public void accept(Handler handler) {
      handler.refused(this);
    }
  }

  /**
   * This mail will not arrive, but later mails to the address may.
   *
   * @param why a fixed word
   */
  record Undelivered(Mail mail, String why) implements DeliveryEvent {
    @Override
    public void accept(Handler handler) {
      handler.undelivered(this);
    }
  }

  /** SES has not delivered the mail yet and is still trying. */
  record Delayed(Mail mail) implements DeliveryEvent {
    @Override
    public void accept(Handler handler) {
      handler.delayed(this);
    }
  }

  /**
   * A text message from a patient.
   *
   * @param id the one that AWS gave it
   */
  record Reply(String id, Phi<String> number, Phi<String> text) implements DeliveryEvent {
    @Override
    public void accept(Handler handler) {
      handler.reply(this);
    }
  }

  /**
   * A mail to the address of {@code List-Unsubscribe} (RFC 2369).
   *
   * @param contact {@code Contacts.name} of the address, which the subject carries
   */
  record Unsubscribed(String contact) implements DeliveryEvent {
    @Override
    public void accept(Handler handler) {
      handler.unsubscribed(this);
    }
  }

  /** Nothing to act on. */
  record Ignored(String kind) implements DeliveryEvent {
    @Override
    public void accept(Handler handler) {
      handler.ignored(this);
    }
  }
}
