package clinic.scheduling.confirmations;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.invite.Invite;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * A mail that a calendar understands: text, HTML and {@code text/calendar} with the method of the
 * object as alternatives (RFC 6047 section 2.4), and the same object once more as a file.
 *
 * @param from the clinic's address, which is also the organizer
 * @param to the patient's address
 * @param id names the mail; the same change always makes the same name
 */
record InvitationMail(
    String fromName,
    String from,
    String to,
    String subject,
    String plain,
    String html,
    Invite invite,
    String id) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US);
  private static final int MOST_SUBJECT = 120;

  byte[] bytes(Instant now) {
    String digest = Digest.of("mail", id);
    String calendar = invite.text();
    Mime.Part alternatives =
        Mime.multipart(
            "alternative",
            "=_a" + digest,
            List.of(
                Mime.text("text/plain", plain),
                Mime.text("text/html", html),
                Mime.text("text/calendar; method=" + invite.method(), calendar)));
    Mime.Part whole =
        Mime.multipart(
            "mixed",
            "=_m" + digest,
            List.of(alternatives, Mime.attachment("application/ics", "invite.ics", calendar)));
    return (headers(digest, now) + whole.text()).getBytes(StandardCharsets.US_ASCII);
  }

  private String headers(String digest, Instant now) {
    List<String> headers =
        List.of(
            "From: " + MailHeader.address(PlainText.of(fromName, 100), from),
            "To: <" + to + ">",
            "Subject: " + MailHeader.words(PlainText.of(subject, MOST_SUBJECT)),
            "Date: " + DATE.format(now.atOffset(ZoneOffset.UTC)),
            "Message-ID: <" + digest + from.substring(from.lastIndexOf('@')) + ">",
            "MIME-Version: 1.0",
            "Auto-Submitted: auto-generated");
    return String.join("\r\n", headers) + "\r\n";
  }
}
