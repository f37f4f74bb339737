package clinic.scheduling.confirmations;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimePartDataSource;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** Reads a mail with parsers that are not ours. */
final class ReadMail {
  private final MimeMessage message;
  private final List<MimeBodyPart> leaves = new ArrayList<>();

  ReadMail(byte[] bytes) throws Exception {
    message = new MimeMessage(null, new ByteArrayInputStream(bytes));
    collect(new MimeMultipart(new MimePartDataSource(message)));
  }

  MimeMessage message() {
    return message;
  }

  List<String> types() throws Exception {
    List<String> types = new ArrayList<>();
    for (MimeBodyPart leaf : leaves) {
      types.add(new ContentType(leaf.getContentType()).getBaseType());
    }
    return types;
  }

  ContentType type(int leaf) throws Exception {
    return new ContentType(leaves.get(leaf).getContentType());
  }

  String text(int leaf) throws Exception {
    String charset = type(leaf).getParameter("charset");
    try (InputStream in = new MimePartDataSource((MimePart) leaves.get(leaf)).getInputStream()) {
      return new String(in.readAllBytes(), Charset.forName(charset == null ? "UTF-8" : charset));
    }
  }

  InternetAddress from() throws Exception {
    return (InternetAddress) message.getFrom()[0];
  }

  ICalendar calendar() throws Exception {
    return Biweekly.parse(text(2)).first();
  }

  VEvent event() throws Exception {
    return calendar().getEvents().get(0);
  }

  private void collect(Multipart parts) throws Exception {
    for (int i = 0; i < parts.getCount(); i++) {
      BodyPart part = parts.getBodyPart(i);
      if (part.getContentType().startsWith("multipart/")) {
        collect(new MimeMultipart(new MimePartDataSource((MimePart) part)));
      } else {
        leaves.add((MimeBodyPart) part);
      }
    }
  }
}
