package clinic.scheduling.simulation;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.SnsException;

/** SNS as one process sees it. */
final class TextView implements SnsClient {
  private final Run run;
  private final Process process;

  TextView(Run run, Process process) {
    this.run = run;
    this.process = process;
  }

  @Override
  public PublishResponse publish(PublishRequest request) {
    return process.effect(
        EffectKind.TEXT,
        () -> {
          if (trouble(5)) {
            run.result.count(Counter.THROTTLED);
            throw SnsException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode("Throttling").build())
                .build();
          }
          boolean lost = trouble(1);
          if (lost && run.random.percent(50)) {
            throw SdkClientException.create("no answer");
          }
          String id = run.outbox.add(process, "sms", request.message());
          if (lost) {
            run.result.count(Counter.ANSWER_LOST);
            throw SdkClientException.create("no answer");
          }
          return PublishResponse.builder().messageId(id).build();
        });
  }

  private boolean trouble(double percent) {
    return !run.faults.isClear() && run.random.percent(percent);
  }

  @Override
  public String serviceName() {
    return "sns";
  }

  @Override
  public void close() {}
}
