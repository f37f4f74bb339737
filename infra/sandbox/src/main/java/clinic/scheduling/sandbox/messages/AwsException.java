package clinic.scheduling.sandbox.messages;

import clinic.scheduling.sandbox.http.Reply;
import java.util.UUID;

/** An error of SES or SNS, with the code that AWS sends. */
final class AwsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  AwsException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  Reply reply(String namespace) {
    return reply(status, code, String.valueOf(getMessage()), namespace);
  }

  static Reply reply(int status, String code, String message, String namespace) {
    return Reply.text(
        status,
        "text/xml",
        """
        <ErrorResponse xmlns="%s">
          <Error><Type>%s</Type><Code>%s</Code><Message>%s</Message></Error>
          <RequestId>%s</RequestId>
        </ErrorResponse>
        """
            .formatted(
                namespace,
                status < 500 ? "Sender" : "Receiver",
                escape(code),
                escape(message),
                UUID.randomUUID()));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
