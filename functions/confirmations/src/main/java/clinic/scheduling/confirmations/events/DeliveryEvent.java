package clinic.scheduling.confirmations.events;

import clinic.scheduling.core.Phi;
import java.util.Optional;

/** What a provider reports, or what a patient answers. */
public sealed interface DeliveryEvent {

  /** Calls the method of this case. */
  void accept(Handler handler);

  /**
   * Has a method for each case. A new case adds a method, and the code does not compile until every
   * handler has it.
   */
  interface Handler {
    void delivered(Delivered event);

    void refused(Refused event);

    void undelivered(Undelivered event);

    void delayed(Delayed event);

    void reply(Reply event);

    void unsubscribed(Unsubscribed event);

    void ignored(Ignored event);
  }

  /**
   * The name of a message of ours: the two parts of its key.
   *
   * @param root the id of the visit's first appointment
   * @param name the number of the change, or the name of the reminder
   */
  record MessageName(String root, String name) {
    public String key() {
      return root + "#" + name;
    }
  }

  /**
   * A mail of ours, identified by the tags that we sent with it. We do not use the recipients in a
   * bounce or complaint, because a report about a forwarded mail shows somebody else's address.
   *
   * @param message the name in the tags; empty if the mail has no such tag
   * @param contact the {@code Contacts.name} of the address that the mail was sent to; empty if the
   *     mail has no such tag
   * @param to the address that the mail was sent to, which is used if {@code contact} is empty
   * @param external the id that SES gave the mail
   * @param hasCode whether the mail has a code and nothing about a visit
   */
  record Mail(
      Optional<MessageName> message,
      Optional<String> contact,
      Optional<Phi<String>> to,
      String external,
      boolean hasCode) {
    public Optional<String> visit() {
      return message.map(MessageName::root);
    }

    /** The message key or, if the mail has none, the id that SES gave it. */
    public String key() {
      return message.map(MessageName::key).orElse(external);
    }
  }

  /** SES has handed the mail over to the recipient's mail server. */
  record Delivered(Mail mail) implements DeliveryEvent {
    @Override
    public void accept(Handler handler) {
      handler.delivered(this);
    }
  }

  /**
   * The address has to be suppressed, because the mail bounced permanently or the owner complained.
   *
   * @param isComplaint whether the owner complained; if not, the mail bounced permanently
   */
  record Refused(Mail mail, boolean isComplaint) implements DeliveryEvent {
    /** A fixed word for the log and the review list. */
    public String why() {
      return isComplaint ? "complained" : "bounced";
    }

    @Override
    public void accept(Handler handler) {
      handler.refused(this);
    }
  }

  /**
   * This mail will not arrive, but later mails to the address may arrive.
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
   * @param id the id that AWS gave it
   */
  record Reply(String id, Phi<String> number, Phi<String> text) implements DeliveryEvent {
    @Override
    public void accept(Handler handler) {
      handler.reply(this);
    }
  }

  /**
   * A mail to the address in {@code List-Unsubscribe} (RFC 2369).
   *
   * @param contact the {@code Contacts.name} of the patient's address, which the subject contains
   */
  record Unsubscribed(String contact) implements DeliveryEvent {
    @Override
    public void accept(Handler handler) {
      handler.unsubscribed(this);
    }
  }

  /**
   * A message that we do nothing about.
   *
   * @param kind a fixed word for the log
   */
  record Ignored(String kind) implements DeliveryEvent {
    @Override
    public void accept(Handler handler) {
      handler.ignored(this);
    }
  }
}
