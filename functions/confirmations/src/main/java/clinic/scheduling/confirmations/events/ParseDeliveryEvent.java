package clinic.scheduling.confirmations.events;

import clinic.scheduling.confirmations.message.BadMessageRequestException;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.core.Phi;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message of the queue {@code message-events}, with or without the envelope of SNS. The
 * message is one of these:
 *
 * <ul>
 *   <li>an event of an SES configuration set (Amazon SES developer guide,
 *       event-publishing-retrieving-sns-contents),
 *   <li>a notification of a mail that SES received,
 *   <li>a patient's answer to a text message (AWS End User Messaging SMS user guide,
 *       two-way-sms-payload).
 * </ul>
 */
@Singleton
public final class ParseDeliveryEvent {
  private static final Pattern TAG =
      Pattern.compile("([A-Za-z0-9-]{1,64})_([0-9]{1,6}|[a-z][a-z0-9-]{0,30}-[0-9]{6,10})");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,200}");
  private static final Pattern UNSUBSCRIBE =
      Pattern.compile("\\s*unsubscribe-([0-9a-f]{32})\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern CONTACT = Pattern.compile("[0-9a-f]{32}");

  private final ObjectMapper mapper;

  @Inject
  public ParseDeliveryEvent(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Reads the body of one message.
   *
   * @return {@code Ignored} for JSON of another kind
   * @throws BadMessageRequestException if the body is not JSON
   */
  public DeliveryEvent parse(@Nullable String body) {
    JsonNode outer = json(Objects.requireNonNullElse(body, ""));
    JsonNode event =
        outer.path("Type").asText().equals("Notification")
            ? json(outer.path("Message").asText())
            : outer;
    if (event.has("originationNumber") && event.has("messageBody")) {
      return new DeliveryEvent.Reply(
          id(event.path("inboundMessageId")),
          Phi.of(event.path("originationNumber").asText()),
          Phi.of(event.path("messageBody").asText()));
    }
    return ofMail(event);
  }

  private static DeliveryEvent ofMail(JsonNode event) {
    String type = event.path("eventType").asText(event.path("notificationType").asText(""));
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "delivery" -> new DeliveryEvent.Delivered(mail(event));
      case "deliverydelay" -> new DeliveryEvent.Delayed(mail(event));
      case "reject" -> new DeliveryEvent.Undelivered(mail(event), "rejected");
      case "bounce" -> bounce(event);
      case "complaint" -> complaint(event);
      case "received" -> received(event);
      default -> new DeliveryEvent.Ignored("other");
    };
  }

  /**
   * Only a {@code Permanent} bounce suppresses the address. After a {@code Transient} or {@code
   * Undetermined} bounce, later mails may arrive.
   */
  private static DeliveryEvent bounce(JsonNode event) {
    return event.at("/bounce/bounceType").asText().equals("Permanent")
        ? new DeliveryEvent.Refused(mail(event), false)
        : new DeliveryEvent.Undelivered(mail(event), "bounced-for-now");
  }

  /**
   * Ignores a complaint of the type {@code not-spam}, with which a recipient withdraws a complaint.
   */
  private static DeliveryEvent complaint(JsonNode event) {
    return event.at("/complaint/complaintFeedbackType").asText().equals("not-spam")
        ? new DeliveryEvent.Ignored("no-complaint")
        : new DeliveryEvent.Refused(mail(event), true);
  }

  private static DeliveryEvent received(JsonNode event) {
    Matcher subject = UNSUBSCRIBE.matcher(event.at("/mail/commonHeaders/subject").asText(""));
    return subject.matches()
        ? new DeliveryEvent.Unsubscribed(subject.group(1).toLowerCase(Locale.ROOT))
        : new DeliveryEvent.Ignored("mail");
  }

  private static DeliveryEvent.Mail mail(JsonNode event) {
    String contact = event.at("/mail/tags/contact/0").asText("");
    JsonNode to = event.at("/mail/destination");
    return new DeliveryEvent.Mail(
        name(event),
        Optional.of(contact).filter(CONTACT.asMatchPredicate()),
        to.size() == 1 ? Optional.of(Phi.of(to.path(0).asText(""))) : Optional.empty(),
        id(event.at("/mail/messageId")),
        event.at("/mail/tags/message/0").asText("").equals(MessageRequest.TAG_OF_CODES));
  }

  private static Optional<DeliveryEvent.MessageName> name(JsonNode event) {
    Matcher tag = TAG.matcher(event.at("/mail/tags/message/0").asText(""));
    return tag.matches()
        ? Optional.of(new DeliveryEvent.MessageName(tag.group(1), tag.group(2)))
        : Optional.empty();
  }

  private static String id(JsonNode node) {
    String id = node.asText("");
    return ID.matcher(id).matches() ? id : "unnamed";
  }

  private JsonNode json(String text) {
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw new BadMessageRequestException("event");
    }
  }
}
