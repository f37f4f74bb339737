package clinic.scheduling.operate.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;

/** How this tool calls AWS. */
public final class Clients {
  public static final Duration TIMEOUT = Duration.ofSeconds(20);

  private Clients() {}

  /**
   * Calls are not repeated: if an answer was lost, AWS may have done what was asked. Connections
   * are not used again either, because HttpURLConnection repeats a call if a used connection fails.
   */
  public static <B extends AwsClientBuilder<B, ?>> B once(B builder, Region region) {
    return builder
        .region(region)
        .overrideConfiguration(
            configuration ->
                configuration
                    .apiCallTimeout(TIMEOUT)
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .putHeader("Connection", "close"));
  }
}
