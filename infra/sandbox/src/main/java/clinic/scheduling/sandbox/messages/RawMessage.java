package clinic.scheduling.sandbox.messages;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A MIME message, checked as SES and receiving servers check it. */
record RawMessage(MimeMessage mime, String base64) {
  private static final int MOST_BYTES = 10 * 1024 * 1024;
  private static final int LONGEST_LINE = 1000;
  private static final List<String> ONCE =
      List.of("From", "Date", "Subject", "MIME-Version", "Content-Type");

  static RawMessage read(String base64) {
    byte[] bytes = decode(base64);
    lines(bytes);
    try {
      RawMessage message =
          new RawMessage(new MimeMessage(null, new ByteArrayInputStream(bytes)), base64);
      message.headers();
      return message;
    } catch (MessagingException e) {
      throw invalid("not a MIME message: " + e.getMessage());
    }
  }

  String subject() throws MessagingException {
    return mime.getSubject();
  }

  String text() throws MessagingException {
    return MimeText.of(mime, "text/plain")
        .orElseThrow(() -> invalid("the message has no text/plain part"));
  }

  Optional<String> html() {
    try {
      return MimeText.of(mime, "text/html");
    } catch (MessagingException e) {
      throw invalid("unreadable HTML: " + e.getMessage());
    }
  }

  /** All addresses of To, Cc and Bcc. */
  List<String> receivers() throws MessagingException {
    List<String> receivers = new ArrayList<>();
    for (String header : List.of("To", "Cc", "Bcc")) {
      String value = mime.getHeader(header, ",");
      if (value != null) {
        receivers.addAll(addresses(header, value));
      }
    }
    return receivers;
  }

  static List<String> addresses(String header, String value) {
    try {
      InternetAddress[] addresses = InternetAddress.parse(value, true);
      for (InternetAddress address : addresses) {
        address.validate();
        if (!address.getAddress().contains("@")) {
          throw new AddressException("no domain", address.getAddress());
        }
      }
      return Arrays.stream(addresses).map(InternetAddress::getAddress).toList();
    } catch (AddressException e) {
      throw invalid("bad address in " + header + ": " + e.getMessage());
    }
  }

  private void headers() throws MessagingException {
    for (String name : ONCE) {
      String[] values = mime.getHeader(name);
      if (values == null || values.length != 1) {
        throw invalid("the header '" + name + "' must be there once");
      }
    }
    if (addresses("From", mime.getHeader("From", ",")).size() != 1) {
      throw invalid("the header 'From' must hold one address");
    }
    if (mime.getSentDate() == null) {
      throw invalid("the header 'Date' is not a date");
    }
  }

  private static byte[] decode(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      if (bytes.length == 0 || bytes.length > MOST_BYTES) {
        throw invalid("the message must have 1 to " + MOST_BYTES + " bytes");
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw invalid("RawMessage.Data is not base64");
    }
  }

  private static void lines(byte[] bytes) {
    for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      if (line.length() + 1 > LONGEST_LINE) {
        throw invalid("a line has more than " + LONGEST_LINE + " characters");
      }
    }
    for (byte one : bytes) {
      if (one < 0) {
        throw invalid("a message of 8-bit bytes needs base64 or quoted-printable");
      }
    }
  }

  private static AwsException invalid(String message) {
    return new AwsException(400, "InvalidParameterValue", message);
  }
}
