package clinic.scheduling.deadletters;

import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;

/**
 * The log groups of a stack in CloudWatch.
 *
 * @param stack empty if the command does not name it, so that no log can be read
 */
record LogGroup(CloudWatchLogsClient logs, Optional<String> stack) implements FailureReasons {
  private static final int MAX_PAGES = 20;

  /** SyncCalendars logs the id of a message in one of these fields, SendMessage in the other. */
  private static final String PATTERN = "{ ($.mdc.message = \"%s\") || ($.mdc.sqs = \"%s\") }";

  @Override
  public String of(String queue, String messageId) {
    if (stack.isEmpty()) {
      return "name the --stack to read its log";
    }
    FilterLogEventsRequest request =
        FilterLogEventsRequest.builder()
            .logGroupName("/external-scheduling/" + stack.get() + "/" + LogLine.consumer(queue))
            .filterPattern(PATTERN.formatted(messageId, messageId))
            .build();
    return AwsAction.call("FilterLogEvents", () -> lastReason(request, messageId));
  }

  private String lastReason(FilterLogEventsRequest request, String messageId) {
    return logs.filterLogEventsPaginator(request).stream()
        .limit(MAX_PAGES)
        .flatMap(page -> page.events().stream())
        .flatMap(event -> LogLine.about(messageId, event.message()).stream())
        .reduce((earlier, later) -> later)
        .orElse(LogLine.NONE);
  }
}
