package clinic.scheduling.calendarintake;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.subscription.CalendarWatches;
import clinic.scheduling.core.subscription.CalendarWatches.NewWatch;
import clinic.scheduling.core.subscription.Watch;
import clinic.scheduling.sandbox.openapi.OpenApiContract;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;

/** Shared by the tests of the whole function; checks each answer against the OpenAPI document. */
abstract class CalendarNoticeCase {
  static final Duration WEEK = Duration.ofDays(7);
  static final URI CALLBACK = URI.create("https://api.example.invalid/webhooks");
  private static final OpenApiContract CONTRACT = OpenApiContract.published();

  final MovableClock clock = MovableClock.at("2027-03-16T12:00:00Z");
  final BrittleRows rows = new BrittleRows(clock);
  final BrittleQueue queue = new BrittleQueue(clock);
  final CalendarWatches watches = new CalendarWatches(rows, clock);
  final Practice practice = PracticeReader.read(mirrored());
  final AtomicInteger practiceReads = new AtomicInteger();
  final LogLines log = new LogLines();
  final ReceiveCalendarNotice function =
      SimulatedCalendarIntake.on(
          rows,
          queue,
          () -> {
            practiceReads.incrementAndGet();
            return practice;
          },
          clock,
          millis -> clock.move(Duration.ofMillis(millis)));

  final CalendarBinding outlook = binding(0, Provider.OUTLOOK);
  final CalendarBinding google = binding(0, Provider.GOOGLE);
  final CalendarBinding otherOutlook = binding(1, Provider.OUTLOOK);

  @AfterEach
  void closeLog() {
    log.close();
  }

  /** The example, in which all calendars of the first clinician and one of the second block. */
  private static String mirrored() {
    try {
      String example = Files.readString(Path.of("../../infra/practice.example.json"));
      return example
          .replace("\"direction\": \"from-canvas\"", "\"direction\": \"both\"")
          .replaceFirst(
              "\\{",
              "{\"meetings\": {\"eventType\": {\"system\": \"http://example.invalid\", \"code\":"
                  + " \"busy\", \"display\": \"Busy\"}},");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CalendarBinding binding(int clinician, Provider provider) {
    return practice.practitioners().get(clinician).calendars().stream()
        .filter(one -> one.provider() == provider)
        .findFirst()
        .orElseThrow();
  }

  final NewWatch opening(CalendarBinding calendar) {
    return watches
        .begin(calendar.key(), calendar.address(), CALLBACK, clock.instant().plus(WEEK))
        .orElseThrow();
  }

  final NewWatch open(CalendarBinding calendar, String external) {
    NewWatch begun = opening(calendar);
    watches.opened(
        begun.watch(),
        external,
        clock.instant().plus(WEEK),
        clock.instant().plus(WEEK.dividedBy(2)));
    return begun;
  }

  final Watch only(CalendarBinding calendar) {
    List<Watch> all = watches.of(calendar.key());
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  final List<String> queued() {
    return queue.sent().stream().map(CalendarChange::binding).collect(Collectors.toList());
  }

  final APIGatewayV2HTTPResponse outlook(String body) {
    return receive("/webhooks/outlook", Events.of("POST", "/webhooks/outlook").json(body), body);
  }

  static String notices(String... notices) {
    return "{\"value\":[" + String.join(",", notices) + "]}";
  }

  static String notice(String clientState) {
    return "{\"subscriptionId\":\"7f105c7d-2dc5-4530-97cd-4e7ae6534c07\",\"clientState\":\""
        + clientState
        + "\",\"changeType\":\"updated\",\"resource\":\"uSeRs/x/EVENTS/y\",\"later\":{\"x\":[1]}}";
  }

  static String lifecycle(String clientState, String event) {
    return "{\"subscriptionId\":\"7f105c7d-2dc5-4530-97cd-4e7ae6534c07\",\"clientState\":\""
        + clientState
        + "\",\"lifecycleEvent\":\""
        + event
        + "\"}";
  }

  final APIGatewayV2HTTPResponse google(Map<String, String> headers) {
    APIGatewayV2HTTPEvent event = Events.of("POST", "/webhooks/google").build();
    event.setHeaders(headers);
    return receive("/webhooks/google", event, "");
  }

  final APIGatewayV2HTTPResponse google(NewWatch watch, String state) {
    return google(
        Map.of(
            "x-goog-channel-id",
            watch.watch().channelId(),
            "x-goog-channel-token",
            watch.secret().value(),
            "x-goog-resource-id",
            "resource-1",
            "x-goog-resource-state",
            state,
            "x-goog-message-number",
            "1"));
  }

  final APIGatewayV2HTTPResponse receive(String path, Events events, String body) {
    return receive(path, events.build(), body);
  }

  final APIGatewayV2HTTPResponse receive(String path, APIGatewayV2HTTPEvent event, String body) {
    APIGatewayV2HTTPResponse answer = function.receiveCalendarNotice(event);
    if (answer.getStatusCode() != 200) {
      CONTRACT.check(
          "POST", path, answer.getStatusCode(), answer.getHeaders(), body, answer.getBody());
    }
    return answer;
  }
}
