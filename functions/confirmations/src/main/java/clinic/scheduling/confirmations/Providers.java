package clinic.scheduling.confirmations;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkClientBuilder;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.SesClientBuilder;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsClientBuilder;

/**
 * SES and SNS, called once or not at all. The SDK would repeat a call that was not answered, and a
 * patient would be told twice. Each call asks for a connection of its own, since one that was kept
 * and has died while the process was frozen would leave a doubt for nothing; the JDK's client keeps
 * to it when the answer says {@code Connection: close} too. Time-outs, region and credentials come
 * from the settings of the extension.
 */
@Singleton
final class Providers {

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

  private static <B extends SdkClientBuilder<B, ?>> B once(B builder) {
    return builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder()
            .retryStrategy(AwsRetryStrategy.doNotRetry())
            .putHeader("Connection", "close")
            .build());
  }
}
