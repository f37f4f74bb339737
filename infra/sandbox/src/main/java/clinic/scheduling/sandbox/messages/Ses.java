package clinic.scheduling.sandbox.messages;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import jakarta.mail.MessagingException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** {@code SendRawEmail} of the SES API of 2010-12-01. */
final class Ses {
  static final String NAMESPACE = "http://ses.amazonaws.com/doc/2010-12-01/";
  private static final int MOST_RECEIVERS = 50;
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,255}");
  private static final Pattern PARAMETERS =
      Pattern.compile(
          "Action|Version|Source|RawMessage\\.Data|FromArn|SourceArn|ReturnPathArn"
              + "|ConfigurationSetName|Destinations\\.member\\.\\d+"
              + "|Tags\\.member\\.\\d+\\.(Name|Value)");

  private final Outbox outbox;
  private final Clock clock;

  Ses(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  Reply handle(Call call) {
    try {
      AwsQuery query = AwsQuery.read(call, "ses", "SendRawEmail", "2010-12-01").only(PARAMETERS);
      return sent(accept(query));
    } catch (AwsException refusal) {
      return refusal.reply(NAMESPACE);
    } catch (MessagingException e) {
      return AwsException.reply(400, "InvalidParameterValue", e.toString(), NAMESPACE);
    }
  }

  private OutboxMessage accept(AwsQuery query) throws MessagingException {
    String data =
        query
            .one("RawMessage.Data")
            .orElseThrow(
                () -> new AwsException(400, "ValidationError", "RawMessage.Data is needed"));
    RawMessage message = RawMessage.read(data);
    query.one("Source").ifPresent(source -> RawMessage.addresses("Source", source));
    OutboxMessage accepted =
        new OutboxMessage(
            "0100-" + UUID.randomUUID() + "-000000",
            "email",
            String.join(", ", receivers(query, message)),
            clock.instant(),
            message.subject(),
            message.text(),
            message.base64(),
            tags(query));
    outbox.add(accepted);
    return accepted;
  }

  private static List<String> receivers(AwsQuery query, RawMessage message)
      throws MessagingException {
    List<String> named = message.receivers();
    if (named.isEmpty()) {
      throw new AwsException(400, "InvalidParameterValue", "the message has no To header");
    }
    List<String> destinations = query.members("Destinations");
    destinations.forEach(address -> RawMessage.addresses("Destinations", address));
    List<String> receivers = destinations.isEmpty() ? named : destinations;
    if (receivers.size() > MOST_RECEIVERS) {
      throw new AwsException(400, "InvalidParameterValue", "Recipient count exceeds 50.");
    }
    return receivers;
  }

  private static Map<String, String> tags(AwsQuery query) {
    Map<String, String> tags = query.pairs("Tags.member.", ".Name", ".Value");
    tags.forEach(
        (name, value) -> {
          if (!TAG.matcher(name).matches() || !TAG.matcher(value).matches()) {
            throw new AwsException(400, "InvalidParameterValue", "bad message tag " + name);
          }
        });
    return tags;
  }

  private static Reply sent(OutboxMessage message) {
    return Reply.text(
        200,
        "text/xml",
        """
        <SendRawEmailResponse xmlns="%s">
          <SendRawEmailResult><MessageId>%s</MessageId></SendRawEmailResult>
          <ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata>
        </SendRawEmailResponse>
        """
            .formatted(NAMESPACE, message.id(), UUID.randomUUID()));
  }
}
