package clinic.scheduling.simulation;

import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.SendRawEmailRequest;
import software.amazon.awssdk.services.ses.model.SendRawEmailResponse;
import software.amazon.awssdk.services.ses.model.SesException;

/** SES as one process sees it. It sends events for some of the messages. */
final class MailView implements SesClient {
  private static final String SUBJECT = "\r\nSubject: ";
  private static final int HEAD = 1_000;

  private final Run run;
  private final Process process;

  MailView(Run run, Process process) {
    this.run = run;
    this.process = process;
  }

  @Override
  public SendRawEmailResponse sendRawEmail(SendRawEmailRequest request) {
    String tag = request.tags().get(0).value();
    return process.effect(
        EffectKind.MAIL,
        () -> {
          if (trouble(5)) {
            run.result.count(Counter.THROTTLED);
            throw SesException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode("Throttling").build())
                .build();
          }
          boolean lost = trouble(1);
          if (lost && run.random.percent(50)) {
            throw SdkClientException.create("no answer");
          }
          String id = run.outbox.add(process, "email", subject(request));
          if (lost || run.random.percent(3)) {
            run.time.after(run.random.between(1_000, 60_000), () -> report(id, tag));
          }
          if (lost) {
            run.result.count(Counter.ANSWER_LOST);
            throw SdkClientException.create("no answer");
          }
          return SendRawEmailResponse.builder().messageId(id).build();
        });
  }

  private static String subject(SendRawEmailRequest request) {
    byte[] mail = request.rawMessage().data().asByteArrayUnsafe();
    String head = new String(mail, 0, Math.min(mail.length, HEAD), StandardCharsets.US_ASCII);
    int from = head.indexOf(SUBJECT) + SUBJECT.length();
    return head.substring(from, head.indexOf("\r\n", from));
  }

  private void report(String id, String tag) {
    run.functions.events.put(
        ("{\"eventType\":\"Delivery\",\"mail\":{\"messageId\":\"%s\","
                + "\"tags\":{\"message\":[\"%s\"]}}}")
            .formatted(id, tag),
        0);
  }

  private boolean trouble(double percent) {
    return !run.faults.isClear() && run.random.percent(percent);
  }

  @Override
  public String serviceName() {
    return "ses";
  }

  @Override
  public void close() {}
}
