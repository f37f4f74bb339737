package clinic.scheduling.operate.installation;

import clinic.scheduling.core.SystemClock;
import clinic.scheduling.core.ledger.DynamoRows;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.operate.aws.AwsAction;
import clinic.scheduling.operate.aws.Clients;
import clinic.scheduling.operate.logs.LogGroups;
import clinic.scheduling.operate.logs.Logs;
import clinic.scheduling.operate.output.OperateException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A stack on AWS, with the credentials of the environment. Its outputs say where its queues and its
 * table are, whatever their names.
 */
record Stack(
    String name,
    Region region,
    Map<String, String> outputs,
    Map<String, String> parameters,
    SqsClient sqs)
    implements Installation {
  private static final Duration LATE_METRIC = Duration.ofMinutes(15);
  private static final String ALIAS = "live";

  static Stack of(String name, Region region) {
    software.amazon.awssdk.services.cloudformation.model.Stack found =
        AwsAction.call(
                "DescribeStacks",
                () ->
                    onAws(CloudFormationClient.builder(), region)
                        .build()
                        .describeStacks(request -> request.stackName(name)))
            .stacks()
            .get(0);
    return new Stack(
        name,
        region,
        found.outputs().stream()
            .collect(Collectors.toUnmodifiableMap(Output::outputKey, Output::outputValue)),
        found.parameters().stream()
            .collect(
                Collectors.toUnmodifiableMap(Parameter::parameterKey, Parameter::parameterValue)),
        onAws(SqsClient.builder(), region).build());
  }

  @Override
  public String url(QueueName queue) {
    return output(queue.resource() + "Url");
  }

  @Override
  public String deadLettersUrl(QueueName queue) {
    return output(queue.resource() + "DeadLettersUrl");
  }

  /** As CloudWatch counts it, a few minutes late. */
  @Override
  public Optional<Instant> oldest(QueueName queue) {
    String url = url(queue);
    Dimension dimension =
        Dimension.builder()
            .name("QueueName")
            .value(url.substring(url.lastIndexOf('/') + 1))
            .build();
    Instant now = SystemClock.utc().instant();
    return AwsAction.call(
        "GetMetricStatistics",
        () ->
            onAws(CloudWatchClient.builder(), region)
                .build()
                .getMetricStatistics(
                    ask ->
                        ask.namespace("AWS/SQS")
                            .metricName("ApproximateAgeOfOldestMessage")
                            .dimensions(dimension)
                            .startTime(now.minus(LATE_METRIC))
                            .endTime(now)
                            .period((int) Duration.ofMinutes(1).toSeconds())
                            .statistics(Statistic.MAXIMUM))
                .datapoints()
                .stream()
                .max(Comparator.comparing(Datapoint::timestamp))
                .filter(last -> last.maximum() > 0)
                .map(last -> last.timestamp().minusSeconds(last.maximum().longValue())));
  }

  @Override
  public Logs logs() {
    return new LogGroups(onAws(CloudWatchLogsClient.builder(), region).build(), name);
  }

  @Override
  public Rows rows() {
    return new DynamoRows(
        onAws(DynamoDbClient.builder(), region).build(), output("TableName"), SystemClock.utc());
  }

  @Override
  public JsonNode runUpkeep(JsonNode input) {
    InvokeResponse answer;
    try (LambdaClient lambda =
        onAws(LambdaClient.builder(), region)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().socketTimeout(UpkeepAnswers.LONGEST_RUN))
            .overrideConfiguration(
                change ->
                    change
                        .apiCallTimeout(UpkeepAnswers.LONGEST_RUN)
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .putHeader("Connection", "close"))
            .build()) {
      answer =
          lambda.invoke(
              request ->
                  request
                      .functionName(output("RunUpkeepName"))
                      .qualifier(ALIAS)
                      .payload(SdkBytes.fromUtf8String(input.toString())));
    } catch (AwsServiceException e) {
      throw AwsAction.failure("InvokeFunction", e);
    } catch (SdkException e) {
      throw UpkeepAnswers.lost();
    }
    JsonNode payload = UpkeepAnswers.parse(answer.payload().asByteArray());
    if (answer.functionError() != null) {
      throw UpkeepAnswers.failure(
          payload.path("errorType").asText(), payload.path("errorMessage").asText());
    }
    return payload;
  }

  @Override
  public String practicePlace() {
    return parameters.getOrDefault("Practice", "table:default");
  }

  @Override
  public String commit() {
    return parameters.getOrDefault("Commit", "unknown");
  }

  private String output(String key) {
    String value = outputs.get(key);
    if (value == null) {
      throw new OperateException(
          "the stack has no output " + key + ": it was deployed from an older template");
    }
    return value;
  }

  private static <B extends AwsClientBuilder<B, ?>> B onAws(B builder, Region region) {
    return Clients.once(builder, region)
        .credentialsProvider(EnvironmentVariableCredentialsProvider.create());
  }
}
