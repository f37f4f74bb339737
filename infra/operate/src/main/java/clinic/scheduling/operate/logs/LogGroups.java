package clinic.scheduling.operate.logs;

import clinic.scheduling.operate.aws.AwsAction;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;

/** The log groups of a stack in CloudWatch. A search looks at twenty pages at most. */
public record LogGroups(CloudWatchLogsClient logs, String stack) implements Logs {
  private static final int MAX_PAGES = 20;
  private static final String ABOUT = "{ ($.mdc.message = \"%s\") || ($.mdc.sqs = \"%s\") }";
  private static final String BEGINNING = "{ $.message = \"%s*\" }";

  @Override
  public List<LogLine> about(String function, String messageId) {
    return lines(request(function, ABOUT.formatted(messageId, messageId)).build()).stream()
        .filter(line -> line.isAbout(messageId))
        .toList();
  }

  @Override
  public List<LogLine> beginningWith(String function, String word, Instant since) {
    return lines(
            request(function, BEGINNING.formatted(word)).startTime(since.toEpochMilli()).build())
        .stream()
        .filter(line -> line.text().startsWith(word))
        .toList();
  }

  private FilterLogEventsRequest.Builder request(String function, String pattern) {
    return FilterLogEventsRequest.builder()
        .logGroupName("/external-scheduling/" + stack + "/" + function)
        .filterPattern(pattern);
  }

  private List<LogLine> lines(FilterLogEventsRequest request) {
    return AwsAction.call(
        "FilterLogEvents",
        () ->
            logs.filterLogEventsPaginator(request).stream()
                .limit(MAX_PAGES)
                .flatMap(page -> page.events().stream())
                .flatMap(event -> LogLine.parse(event.message()).stream())
                .toList());
  }
}
