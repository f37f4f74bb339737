package clinic.scheduling.calendarintake;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.subscription.CalendarWatches.NewWatch;
import clinic.scheduling.core.subscription.WatchState;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleNoticesTest extends CalendarNoticeCase {

  @ParameterizedTest
  @ValueSource(strings = {"sync", "exists", "not_exists", "somethingNew"})
  void aGenuineNoticeQueuesItsCalendarWhateverItsState(String state) {
    NewWatch watch = open(google, "resource-1");

    assertThat(google(watch, state).getStatusCode()).isEqualTo(202);

    assertThat(queued()).containsExactly(google.key());
  }

  @Test
  void theFirstNoticeMayComeBeforeTheWatchIsOpen() {
    NewWatch watch = opening(google);

    assertThat(google(watch, "sync").getStatusCode()).isEqualTo(202);

    assertThat(queued()).containsExactly(google.key());
    assertThat(only(google).state()).isEqualTo(WatchState.OPENING);
    assertThat(only(google).external()).contains("resource-1");
  }

  @Test
  void theIdOfTheChannelFitsIntoGooglesLimit() {
    assertThat(opening(google).watch().channelId()).hasSizeLessThanOrEqualTo(64);
  }

  @Test
  void namesOfHeadersMayHaveAnyCase() {
    NewWatch watch = open(google, "resource-1");

    google(
        Map.of(
            "X-Goog-Channel-ID", watch.watch().channelId(),
            "X-GOOG-CHANNEL-TOKEN", watch.secret().value()));

    assertThat(queued()).containsExactly(google.key());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "google-0123456789ab",
        "google-0123456789ab-00112233445566778899aabbccddeeff",
        "outlook-0123456789ab-00112233445566778899aabbccddeeff"
      })
  void anUnknownChannelIs404AndCounted(String channel) {
    NewWatch watch = open(google, "resource-1");

    assertThat(
            google(
                    Map.of(
                        "x-goog-channel-id",
                        channel,
                        "x-goog-channel-token",
                        watch.secret().value()))
                .getStatusCode())
        .isEqualTo(404);

    assertThat(queued()).isEmpty();
    assertThat(log.text()).contains("notice-refused provider=google");
  }

  @Test
  void aWrongOrMissingTokenIsAnsweredAsAnUnknownChannel() {
    NewWatch watch = open(google, "resource-1");
    String unknown = google(Map.of("x-goog-channel-id", "x")).getBody();
    Map<String, String> headers = new HashMap<>();
    headers.put("x-goog-channel-id", watch.watch().channelId());

    assertThat(google(headers).getBody()).isEqualTo(unknown);
    headers.put("x-goog-channel-token", watch.secret().value() + "x");
    assertThat(google(headers).getBody()).isEqualTo(unknown);
    assertThat(google(headers).getStatusCode()).isEqualTo(404);
    assertThat(queued()).isEmpty();
  }

  @Test
  void anOddBodyOrContentTypeIsNoReasonToRefuse() {
    NewWatch watch = open(google, "resource-1");
    APIGatewayV2HTTPEvent event =
        Events.of("POST", "/webhooks/google")
            .header("x-goog-channel-id", watch.watch().channelId())
            .header("x-goog-channel-token", watch.secret().value())
            .header("content-type", "application/json")
            .query("a=1&a=2&%zz")
            .build();
    event.setBody("{".repeat(2_000_000));
    event.setIsBase64Encoded(true);

    assertThat(receive("/webhooks/google", event, "").getStatusCode()).isEqualTo(202);
  }

  @Test
  void aTableOrAQueueThatIsBusyIs503() {
    NewWatch watch = open(google, "resource-1");
    rows.busy(true);
    assertThat(google(watch, "exists").getStatusCode()).isEqualTo(503);
    rows.busy(false);
    queue.failNext(1);
    assertThat(google(watch, "exists").getStatusCode()).isEqualTo(503);

    assertThat(google(watch, "exists").getStatusCode()).isEqualTo(202);
    assertThat(queued()).containsExactly(google.key());
  }

  @Test
  void aCalendarThatTheDocumentDoesNotMirrorIsAcceptedAndDropped() {
    NewWatch gone =
        watches
            .begin("google-0123456789ab", "x@example.invalid", CALLBACK, clock.instant().plus(WEEK))
            .orElseThrow();

    assertThat(google(gone, "exists").getStatusCode()).isEqualTo(202);
    assertThat(queued()).isEmpty();
  }

  @Test
  void oldAndNewChannelOfACalendarBothCount() {
    NewWatch old = open(google, "resource-1");
    NewWatch successor = open(google, "resource-1");
    watches.closing(old.watch());

    assertThat(google(old, "exists").getStatusCode()).isEqualTo(202);
    assertThat(google(successor, "exists").getStatusCode()).isEqualTo(202);
  }
}
