package clinic.scheduling.sandbox.messages;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** {@code Publish} to a phone number of the SNS API of 2010-03-31. */
final class Sns {
  static final String NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";
  private static final int LONGEST_TEXT = 1600;
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Pattern PARAMETERS =
      Pattern.compile(
          "Action|Version|PhoneNumber|Message"
              + "|MessageAttributes\\.entry\\.\\d+\\.(Name|Value\\.(DataType|StringValue))");
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "AWS.SNS.SMS.SMSType",
          "AWS.SNS.SMS.SenderID",
          "AWS.SNS.SMS.MaxPrice",
          "AWS.MM.SMS.OriginationNumber",
          "AWS.MM.SMS.EntityId",
          "AWS.MM.SMS.TemplateId");

  private final Outbox outbox;
  private final Clock clock;

  Sns(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  Reply handle(Call call) {
    try {
      AwsQuery query = AwsQuery.read(call, "sns", "Publish", "2010-03-31").only(PARAMETERS);
      return published(accept(query));
    } catch (AwsException refusal) {
      return refusal.reply(NAMESPACE);
    }
  }

  private OutboxMessage accept(AwsQuery query) {
    String phone = query.one("PhoneNumber").orElse("");
    String text = query.one("Message").orElse("");
    if (!E164.matcher(phone).matches()) {
      throw invalid("PhoneNumber Reason: " + phone + " is not valid to publish to");
    }
    if (text.isBlank() || text.length() > LONGEST_TEXT) {
      throw invalid("Message Reason: 1 to " + LONGEST_TEXT + " characters");
    }
    OutboxMessage accepted =
        new OutboxMessage(
            UUID.randomUUID().toString(),
            "sms",
            phone,
            clock.instant(),
            null,
            text,
            null,
            attributes(query));
    outbox.add(accepted);
    return accepted;
  }

  private static Map<String, String> attributes(AwsQuery query) {
    String list = "MessageAttributes.entry.";
    query
        .pairs(list, ".Name", ".Value.DataType")
        .forEach(
            (name, type) -> {
              if (!type.equals("String") && !type.equals("Number")) {
                throw invalid("MessageAttributes Reason: " + name + " needs a DataType");
              }
            });
    Map<String, String> attributes = query.pairs(list, ".Name", ".Value.StringValue");
    attributes.forEach(Sns::check);
    return attributes;
  }

  private static void check(String name, String value) {
    if (name.startsWith("AWS.") && !ATTRIBUTES.contains(name)) {
      throw invalid("MessageAttributes Reason: " + name + " is not known");
    }
    if (name.equals("AWS.SNS.SMS.SMSType")
        && !Set.of("Promotional", "Transactional").contains(value)) {
      throw invalid("MessageAttributes Reason: SMSType cannot be " + value);
    }
  }

  private static Reply published(OutboxMessage message) {
    return Reply.text(
        200,
        "text/xml",
        """
        <PublishResponse xmlns="%s">
          <PublishResult><MessageId>%s</MessageId></PublishResult>
          <ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata>
        </PublishResponse>
        """
            .formatted(NAMESPACE, message.id(), UUID.randomUUID()));
  }

  private static AwsException invalid(String message) {
    return new AwsException(400, "InvalidParameter", "Invalid parameter: " + message);
  }
}
