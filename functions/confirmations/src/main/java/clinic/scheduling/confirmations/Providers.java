package clinic.scheduling.confirmations;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.SesClientBuilder;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsClientBuilder;

/**
 * SES and SNS, called once or not at all: no retries of the SDK, none of the HTTP client, and an
 * end to every call. Address, region and credentials come from the extension's own settings.
 */
@Singleton
final class Providers {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration WHOLE_CALL = Duration.ofSeconds(6);

  @Produces
  @Singleton
  SesClient ses(SesClientBuilder builder) {
    return once(builder).build();
  }

  @Produces
  @Singleton
  SnsClient sns(SnsClientBuilder builder) {
    return once(builder).build();
  }

  void close(@Disposes SesClient client) {
    client.close();
  }

  void close(@Disposes SnsClient client) {
    client.close();
  }

  private static <B extends SdkClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B once(B builder) {
    ClientOverrideConfiguration standing = builder.overrideConfiguration();
    return builder
        .httpClientBuilder(defaults -> new SingleCallHttp(CONNECT, WHOLE_CALL))
        .overrideConfiguration(
            standing.toBuilder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .apiCallTimeout(WHOLE_CALL)
                .build());
  }
}
