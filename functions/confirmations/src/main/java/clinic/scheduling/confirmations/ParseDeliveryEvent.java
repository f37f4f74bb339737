package clinic.scheduling.confirmations;

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
 * Reads what comes from SNS: events of an SES configuration set (Amazon SES developer guide,
 * event-publishing-retrieving-sns-contents), mail that SES received, and answers to text messages
 * (AWS End User Messaging SMS user guide, two-way-sms-payload). With or without the envelope of
 * SNS.
 */
@Singleton
final class ParseDeliveryEvent {
  private static final Pattern TAG =
      Pattern.compile("([A-Za-z0-9-]{1,64})_([0-9]{1,6}|[a-z][a-z0-9-]{0,30}-[0-9]{6,10})");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,200}");
  private static final Pattern UNSUBSCRIBE =
      Pattern.compile("\\s*unsubscribe-([0-9a-f]{32})\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern CONTACT = Pattern.compile("[0-9a-f]{32}");

  private final ObjectMapper mapper;

  @Inject
  ParseDeliveryEvent(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * @throws BadOrderException if it is not JSON; what is JSON but not known is {@code Nothing}
   */
  ProviderEvent read(@Nullable String body) {
    JsonNode outer = json(Objects.requireNonNullElse(body, ""));
    JsonNode event =
        outer.path("Type").asText().equals("Notification")
            ? json(outer.path("Message").asText())
            : outer;
    if (event.has("originationNumber") && event.has("messageBody")) {
      return new ProviderEvent.Answer(
          id(event.path("inboundMessageId")),
          Phi.of(event.path("originationNumber").asText()),
          Phi.of(event.path("messageBody").asText()));
    }
    return ofMail(event);
  }

  private static ProviderEvent ofMail(JsonNode event) {
    String type = event.path("eventType").asText(event.path("notificationType").asText(""));
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "delivery" -> new ProviderEvent.Delivered(mail(event));
      case "deliverydelay" -> new ProviderEvent.Delayed(mail(event));
      case "reject" -> new ProviderEvent.Undelivered(mail(event), "rejected");
      case "bounce" -> bounce(event);
      case "complaint" -> complaint(event);
      case "received" -> received(event);
      default -> new ProviderEvent.Nothing("other");
    };
  }

  /** What is not said to be for good, {@code Undetermined} included, may pass. */
  private static ProviderEvent bounce(JsonNode event) {
    return event.at("/bounce/bounceType").asText().equals("Permanent")
        ? new ProviderEvent.Refused(mail(event), Suppressions.BOUNCED)
        : new ProviderEvent.Undelivered(mail(event), "bounced-for-now");
  }

  /** Somebody who says that it is no junk after all does not complain. */
  private static ProviderEvent complaint(JsonNode event) {
    return event.at("/complaint/complaintFeedbackType").asText().equals("not-spam")
        ? new ProviderEvent.Nothing("no-complaint")
        : new ProviderEvent.Refused(mail(event), "complained");
  }

  private static ProviderEvent received(JsonNode event) {
    Matcher subject = UNSUBSCRIBE.matcher(event.at("/mail/commonHeaders/subject").asText(""));
    return subject.matches()
        ? new ProviderEvent.Unsubscribed(subject.group(1).toLowerCase(Locale.ROOT))
        : new ProviderEvent.Nothing("mail");
  }

  private static ProviderEvent.Mail mail(JsonNode event) {
    String contact = event.at("/mail/tags/contact/0").asText("");
    JsonNode to = event.at("/mail/destination");
    return new ProviderEvent.Mail(
        name(event),
        Optional.of(contact).filter(CONTACT.asMatchPredicate()),
        to.size() == 1 ? Optional.of(Phi.of(to.path(0).asText(""))) : Optional.empty(),
        id(event.at("/mail/messageId")));
  }

  private static Optional<ProviderEvent.Name> name(JsonNode event) {
    Matcher tag = TAG.matcher(event.at("/mail/tags/message/0").asText(""));
    return tag.matches()
        ? Optional.of(new ProviderEvent.Name(tag.group(1), tag.group(2)))
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
