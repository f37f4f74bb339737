package clinic.scheduling.confirmations;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.invite.Invite;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A mail that a calendar understands: text, HTML and {@code text/calendar} with the method of the
 * object as alternatives (RFC 6047 section 2.4), and the same object once more as a file.
 *
 * @param from the clinic's address, which is also the organizer
 * @param to the patient's address
 * @param invite none in a reminder, which changes nothing
 * @param unsubscribe how to get no more reminders (RFC 2369)
 * @param id names the mail; the same change always makes the same name
 */
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
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US);
  private static final int MOST_SUBJECT = 120;

  byte[] bytes(Instant now) {
    String digest = Digest.of("mail", id);
    return (headers(digest, now) + whole(digest).text()).getBytes(StandardCharsets.US_ASCII);
  }

  private Mime.Part whole(String digest) {
    List<Mime.Part> parts = new ArrayList<>();
    parts.add(Mime.text("text/plain", plain));
    parts.add(Mime.text("text/html", html));
    invite.ifPresent(
        one -> parts.add(Mime.text("text/calendar; method=" + one.method(), one.text())));
    Mime.Part alternatives = Mime.multipart("alternative", "=_a" + digest, parts);
    return invite
        .map(one -> Mime.attachment("application/ics", "invite.ics", one.text()))
        .map(file -> Mime.multipart("mixed", "=_m" + digest, List.of(alternatives, file)))
        .orElse(alternatives);
  }

  private String headers(String digest, Instant now) {
    List<String> headers = new ArrayList<>();
    headers.addAll(
        List.of(
            "From: " + MailHeader.address(PlainText.of(fromName, 100), from),
            "To: <" + to + ">",
            "Subject: " + MailHeader.words(PlainText.of(subject, MOST_SUBJECT)),
            "Date: " + DATE.format(now.atOffset(ZoneOffset.UTC)),
            "Message-ID: <" + digest + from.substring(from.lastIndexOf('@')) + ">",
            "MIME-Version: 1.0",
            "Auto-Submitted: auto-generated"));
    unsubscribe.ifPresent(address -> headers.add("List-Unsubscribe:\r\n <" + address + ">"));
    return String.join("\r\n", headers) + "\r\n";
  }
}
