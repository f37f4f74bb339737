package clinic.scheduling.confirmations.render;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;

/**
 * Reads a mail with parsers of other libraries than those that wrote it: Apache James Mime4j and
 * biweekly.
 */
public final class ReadMail {
  private final Message message;
  private final List<Entity> leaves = new ArrayList<>();

  public ReadMail(byte[] bytes) throws IOException {
    DefaultMessageBuilder reader = new DefaultMessageBuilder();
    reader.setMimeEntityConfig(MimeConfig.STRICT);
    message = reader.parseMessage(new ByteArrayInputStream(bytes));
    collect(message);
  }

  /** The types of the parts, without parameters, in the order of the parts. */
  public List<String> types() {
    return leaves.stream().map(Entity::getMimeType).toList();
  }

  /** The parameter {@code method} of a part's type. */
  Optional<String> method(int leaf) {
    return Optional.ofNullable(type(leaf).getParameter("method"));
  }

  public String text(int leaf) throws IOException {
    String charset = type(leaf).getCharset();
    try (InputStream in = ((SingleBody) leaves.get(leaf).getBody()).getInputStream()) {
      return new String(
          in.readAllBytes(), charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset));
    }
  }

  /** The name under which a mail program saves a part. */
  Optional<String> fileName(int leaf) {
    return Optional.ofNullable(leaves.get(leaf).getFilename());
  }

  public String subject() {
    return message.getSubject();
  }

  String messageId() {
    return message.getMessageId();
  }

  Instant sent() {
    return message.getDate().toInstant();
  }

  String senderName() {
    return sender().getName();
  }

  String senderAddress() {
    return sender().getAddress();
  }

  /** The addresses in To, Cc and Bcc. */
  List<String> receivers() {
    List<String> receivers = new ArrayList<>();
    for (var list :
        List.of(
            Optional.ofNullable(message.getTo()),
            Optional.ofNullable(message.getCc()),
            Optional.ofNullable(message.getBcc()))) {
      list.ifPresent(
          addresses -> addresses.flatten().forEach(one -> receivers.add(one.getAddress())));
    }
    return receivers;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(message.getHeader().getField(name)).map(Field::getBody);
  }

  public ICalendar calendar() throws IOException {
    return Biweekly.parse(text(2)).first();
  }

  public VEvent event() throws IOException {
    return calendar().getEvents().get(0);
  }

  private Mailbox sender() {
    return message.getFrom().get(0);
  }

  private ContentTypeField type(int leaf) {
    return (ContentTypeField) leaves.get(leaf).getHeader().getField("Content-Type");
  }

  private void collect(Entity entity) {
    if (entity.getBody() instanceof Multipart parts) {
      parts.getBodyParts().forEach(this::collect);
    } else {
      leaves.add(entity);
    }
  }
}
