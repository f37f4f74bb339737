package clinic.scheduling.sandbox.messages;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * AWS's reports about messages through SNS: deliveries, bounces and complaints as SES event
 * publishing sends them, replies to text messages as two-way SMS sends them, and mail that SES
 * received. The bodies are those of a subscription with raw delivery.
 *
 * <p>Nothing is reported automatically, because reports contain addresses, which would then be in a
 * queue in every run. Tests request them with {@code POST /messages-control/reports}, {@code
 * {"kind","message"?,"to"?,"text"?,"addresses"?}}.
 */
public final class DeliveryReports {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Outbox outbox;
  private final List<Consumer<String>> subscribers = new CopyOnWriteArrayList<>();

  DeliveryReports(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Adds a subscriber to every later report. */
  public void to(Consumer<String> subscriber) {
    subscribers.add(subscriber);
  }

  Reply control(Call call) throws IOException {
    JsonNode wish = JSON.readTree(call.body());
    Optional<OutboxMessage> message = message(wish);
    Optional<ObjectNode> event =
        switch (wish.path("kind").asText()) {
          case "delivery" -> message.map(DeliveryReports::delivery);
          case "bounce" -> message.map(mail -> bounce(mail, "Permanent", "General", wish));
          case "bounce-for-now" ->
              message.map(mail -> bounce(mail, "Transient", "MailboxFull", wish));
          case "delay" -> message.map(mail -> delay(mail, wish));
          case "reject" -> message.map(DeliveryReports::reject);
          case "complaint" -> message.map(mail -> complaint(mail, wish));
          case "answer" -> answer(wish, message);
          case "mail" -> Optional.of(mail(wish));
          default -> Optional.empty();
        };
    event.ifPresent(this::publish);
    return event.isPresent()
        ? Reply.empty(204)
        : Reply.text(
            400,
            "text/plain",
            "a kind (delivery, delay, bounce, bounce-for-now, reject, complaint, answer, mail) and"
                + " the id of a message in the outbox, or whom it is from");
  }

  private Optional<OutboxMessage> message(JsonNode wish) {
    return outbox.messages().stream()
        .filter(message -> message.id().equals(wish.path("message").asText()))
        .findFirst();
  }

  private void publish(ObjectNode event) {
    subscribers.forEach(subscriber -> subscriber.accept(event.toString()));
  }

  private static ObjectNode delivery(OutboxMessage mail) {
    ObjectNode event = ofMail("Delivery", mail);
    event.putObject("delivery").putArray("recipients").add(mail.to());
    return event;
  }

  private static ObjectNode bounce(OutboxMessage mail, String type, String subtype, JsonNode wish) {
    ObjectNode event = ofMail("Bounce", mail);
    ObjectNode bounce = event.putObject("bounce");
    bounce.put("bounceType", type).put("bounceSubType", subtype);
    bounce.put("timestamp", mail.at().toString()).put("feedbackId", UUID.randomUUID().toString());
    for (String address : reported(mail, wish)) {
      bounce
          .withArray("bouncedRecipients")
          .addObject()
          .put("emailAddress", address)
          .put("action", "failed")
          .put("status", type.equals("Permanent") ? "5.1.1" : "4.2.2")
          .put("diagnosticCode", "smtp; made by the sandbox");
    }
    return event;
  }

  private static ObjectNode delay(OutboxMessage mail, JsonNode wish) {
    ObjectNode event = ofMail("DeliveryDelay", mail);
    ObjectNode delay = event.putObject("deliveryDelay");
    delay.put("delayType", "TransientCommunicationFailure").put("timestamp", mail.at().toString());
    for (String address : reported(mail, wish)) {
      delay.withArray("delayedRecipients").addObject().put("emailAddress", address);
    }
    return event;
  }

  private static ObjectNode reject(OutboxMessage mail) {
    ObjectNode event = ofMail("Reject", mail);
    event.putObject("reject").put("reason", "Bad content");
    return event;
  }

  private static ObjectNode complaint(OutboxMessage mail, JsonNode wish) {
    ObjectNode event = ofMail("Complaint", mail);
    ObjectNode complaint = event.putObject("complaint").put("complaintFeedbackType", "abuse");
    complaint.put("timestamp", mail.at().toString());
    for (String address : reported(mail, wish)) {
      complaint.withArray("complainedRecipients").addObject().put("emailAddress", address);
    }
    return event;
  }

  /** The recipients in a report. They may differ from those of the message if it was forwarded. */
  private static List<String> reported(OutboxMessage mail, JsonNode wish) {
    return wish.path("addresses").isArray()
        ? StreamSupport.stream(wish.path("addresses").spliterator(), false)
            .map(JsonNode::asText)
            .toList()
        : List.of(mail.to());
  }

  private static Optional<ObjectNode> answer(JsonNode wish, Optional<OutboxMessage> to) {
    String number = wish.path("to").asText(to.map(OutboxMessage::to).orElse(""));
    return number.isEmpty()
        ? Optional.empty()
        : Optional.of(
            JSON.createObjectNode()
                .put("originationNumber", number)
                .put("destinationNumber", "+18885550100")
                .put("messageKeyword", "KEYWORD_000000000000")
                .put("messageBody", wish.path("text").asText("STOP"))
                .put("inboundMessageId", UUID.randomUUID().toString())
                .put("previousPublishedMessageId", to.map(OutboxMessage::id).orElse("")));
  }

  private static ObjectNode mail(JsonNode wish) {
    ObjectNode event = JSON.createObjectNode().put("notificationType", "Received");
    event
        .putObject("mail")
        .put("messageId", UUID.randomUUID().toString())
        .putObject("commonHeaders")
        .put("subject", wish.path("text").asText(""));
    return event;
  }

  /** A report with our tags and those that SES adds. */
  private static ObjectNode ofMail(String type, OutboxMessage mail) {
    ObjectNode event = JSON.createObjectNode().put("eventType", type);
    ObjectNode about = event.putObject("mail").put("messageId", mail.id());
    about.put("timestamp", mail.at().toString());
    about.putArray("destination").add(mail.to());
    ObjectNode tags = about.putObject("tags");
    tags.putArray("ses:configuration-set").add("patient-mail");
    for (Map.Entry<String, String> tag : mail.tags().entrySet()) {
      tags.putArray(tag.getKey()).add(tag.getValue());
    }
    return event;
  }
}
