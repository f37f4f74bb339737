package clinic.scheduling.calendars.google;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.subscription.WatchList;
import clinic.scheduling.calendars.subscription.WatchOutcome;
import clinic.scheduling.calendars.subscription.WatchProvider;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.subscription.CalendarWatches.NewWatch;
import clinic.scheduling.core.subscription.Watch;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * Push channels of Google Calendar ({@code docs/facts/google.md} 4). A channel cannot be renewed,
 * and there is no list of channels. It can be stopped only with the id of its resource, which the
 * answer of the watch and every notice have.
 */
@Singleton
final class GoogleWatches implements WatchProvider {
  /** What Google grants if nothing else is asked for. */
  private static final Duration LIFE = Duration.ofDays(7);

  private final GoogleChannelApi api;
  private final GoogleCalls calls;

  GoogleWatches(@RestClient GoogleChannelApi api, GoogleCalls calls) {
    this.api = api;
    this.calls = calls;
  }

  @Override
  public Provider provider() {
    return Provider.GOOGLE;
  }

  @Override
  public Duration life() {
    return LIFE;
  }

  @Override
  public boolean canRenew() {
    return false;
  }

  @Override
  public WatchOutcome open(String mailbox, NewWatch watch, URI address, Instant ends) {
    GoogleChannel wanted =
        GoogleChannel.opening(watch.watch().channelId(), watch.secret().value(), address, ends);
    return calls.<WatchOutcome>ask(
        mailbox,
        bearer -> opened(api.watch(bearer, mailbox, wanted), ends),
        // A calendar that is not found has not ended: there is nothing to watch.
        failure ->
            new WatchOutcome.Failed(
                failure.asFailure().orElseGet(() -> new CalendarOutcome.Refused("not-found"))));
  }

  @Override
  public WatchOutcome renew(Watch watch, Instant ends) {
    throw new UnsupportedOperationException("a channel cannot be renewed");
  }

  @Override
  public WatchOutcome stop(String mailbox, String external, String channel) {
    return calls.<WatchOutcome>ask(
        mailbox,
        bearer -> {
          api.stop(bearer, GoogleChannel.stopping(channel, external));
          return new WatchOutcome.Ended();
        },
        WatchOutcome::failed);
  }

  @Override
  public WatchList list(URI address) {
    return new WatchList.Complete(List.of());
  }

  private static WatchOutcome opened(GoogleChannel got, Instant asked) {
    @Nullable String resource = got.resourceId();
    return resource == null
        ? new WatchOutcome.Failed(new CalendarOutcome.Unknown(RetryAfter.USUAL))
        : new WatchOutcome.Open(resource, got.ends().orElse(asked));
  }
}
