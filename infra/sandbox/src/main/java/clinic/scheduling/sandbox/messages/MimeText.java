package clinic.scheduling.sandbox.messages;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimePartDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * Finds and decodes the text of one content type in a message, without the mailcap files of the
 * class path.
 */
final class MimeText {
  private static final int DEEPEST = 8;

  private MimeText() {}

  /** The first inline part of the type, decoded by its charset. */
  static Optional<String> of(MimePart part, String type) throws MessagingException {
    return of(part, type, 0);
  }

  private static Optional<String> of(MimePart part, String type, int depth)
      throws MessagingException {
    ContentType present = new ContentType(part.getContentType());
    if (present.match(type)) {
      return "attachment".equalsIgnoreCase(part.getDisposition())
          ? Optional.empty()
          : Optional.of(decode(part, present));
    }
    if (!present.getPrimaryType().equalsIgnoreCase("multipart")) {
      return Optional.empty();
    }
    if (depth >= DEEPEST) {
      throw new MessagingException("parts nested deeper than " + DEEPEST);
    }
    MimeMultipart parts = new MimeMultipart(new MimePartDataSource(part));
    for (int i = 0; i < parts.getCount(); i++) {
      BodyPart body = parts.getBodyPart(i);
      Optional<String> found =
          body instanceof MimeBodyPart mime ? of(mime, type, depth + 1) : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String decode(MimePart part, ContentType type) throws MessagingException {
    String charset = type.getParameter("charset");
    try (InputStream in = new MimePartDataSource(part).getInputStream()) {
      return new String(in.readAllBytes(), Charset.forName(charset == null ? "US-ASCII" : charset));
    } catch (IOException | IllegalArgumentException e) {
      throw new MessagingException("unreadable text: " + e.getMessage());
    }
  }
}
