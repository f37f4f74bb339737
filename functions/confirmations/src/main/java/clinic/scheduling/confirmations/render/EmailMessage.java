package clinic.scheduling.confirmations.render;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.invite.Invite;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * A mail with text and HTML as alternatives. A mail about a change has a third alternative, which
 * calendar programs understand: {@code text/calendar} with the method of the calendar object (RFC
 * 6047 section 2.4). The same calendar object is attached once more as a file.
 *
 * @param from the clinic's address, which is also the organizer
 * @param to the patient's address
 * @param invite the calendar object; empty for a reminder, which changes nothing
 * @param unsubscribe the address for stopping reminders (RFC 2369); empty except in a reminder
 * @param id identifies the mail; the same change always gets the same Message-ID
 */
@RegisterForReflection(
    classNames = {
      "org.eclipse.angus.mail.util.MailStreamProvider",
      "org.eclipse.angus.activation.MailcapRegistryProviderImpl"
    })
record EmailMessage(
    String fromName,
    String from,
    String to,
    String subject,
    String plain,
    String html,
    Optional<Invite> invite,
    Optional<String> unsubscribe,
    String id) {
  private static final int MAX_NAME_LENGTH = 100;
  private static final int MAX_SUBJECT_LENGTH = 120;

  /**
   * The format of RFC 5322 section 3.3, in UTC. jakarta.mail would use the default zone of the
   * process.
   */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss xx", Locale.US)
          .withZone(ZoneOffset.UTC);

  /** The message as it is sent. All bytes are ASCII, and there are no long lines. */
  byte[] bytes(Instant now) {
    try {
      MimeMessage message = new MessageWithId(messageId());
      message.setFrom(
          new InternetAddress(
              from, headerText(fromName, MAX_NAME_LENGTH), StandardCharsets.UTF_8.name()));
      message.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
      message.setSubject(headerText(subject, MAX_SUBJECT_LENGTH), StandardCharsets.UTF_8.name());
      message.setHeader("Date", DATE.format(now));
      message.setHeader("Auto-Submitted", "auto-generated");
      if (unsubscribe.isPresent()) {
        message.setHeader("List-Unsubscribe", "\r\n <" + unsubscribe.get() + ">");
      }
      message.setContent(content());
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      message.writeTo(bytes);
      return bytes.toByteArray();
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("a mail cannot be written", e);
    }
  }

  private MimeMultipart content() throws MessagingException {
    MimeMultipart alternatives =
        new MimeMultipart("alternative", part("text/plain", plain), part("text/html", html));
    if (invite.isEmpty()) {
      return alternatives;
    }
    String calendar = invite.get().text();
    alternatives.addBodyPart(part("text/calendar; method=" + invite.get().method(), calendar));
    MimeBodyPart file = part("application/ics; name=invite.ics", calendar);
    file.setFileName("invite.ics");
    MimeBodyPart body = new MimeBodyPart();
    body.setContent(alternatives);
    return new MimeMultipart("mixed", body, file);
  }

  /** A body part in Base64. This encoding has no long lines and cannot contain a boundary. */
  private static MimeBodyPart part(String type, String content) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(
        new DataHandler(
            new ByteArrayDataSource(
                content.getBytes(StandardCharsets.UTF_8), type + "; charset=UTF-8")));
    part.setHeader("Content-Transfer-Encoding", "base64");
    return part;
  }

  /**
   * Text for a header, without control characters. ASCII text may look like an encoded word (RFC
   * 2047). jakarta.mail would send such text unchanged and the recipient's program would decode it,
   * so we insert a space into it.
   */
  private static String headerText(String text, int most) {
    return PlainText.of(text, most).replace("=?", "= ?");
  }

  private String messageId() {
    return "<" + Digest.of("mail", id) + from.substring(from.lastIndexOf('@')) + ">";
  }

  /** A message that keeps the given Message-ID when it is written. */
  private static final class MessageWithId extends MimeMessage {
    private final String messageId;

    MessageWithId(String messageId) {
      super((Session) null);
      this.messageId = messageId;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", messageId);
    }
  }
}
