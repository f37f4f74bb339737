package clinic.scheduling.calendars.subscription;

import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.subscription.CalendarWatches.NewWatch;
import clinic.scheduling.core.subscription.Watch;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * A provider that can tell us when a calendar changes. A watch means that it calls an address of
 * ours until the watch ends ({@code docs/facts/outlook.md} 4, {@code docs/facts/google.md} 4).
 * Before each call that opens or stops a watch, the caller has written the row of the watch.
 */
public interface WatchProvider {

  Provider provider();

  /** For how long we ask. */
  Duration life();

  /** Whether a watch can be renewed. If not, a successor is opened before it ends. */
  boolean canRenew();

  /**
   * Opens a watch. The provider may call the address before this returns.
   *
   * @param address where notices go
   */
  WatchOutcome open(String mailbox, NewWatch watch, URI address, Instant ends);

  /**
   * Renews a watch that {@linkplain #canRenew can be renewed}.
   *
   * @return {@code Ended} if the provider does not have it any more
   */
  WatchOutcome renew(Watch watch, Instant ends);

  /**
   * Stops a watch. A repeat changes nothing.
   *
   * @param external the provider's id of the watch
   * @param channel the id that we gave to the watch; not used by a provider that gives ids itself
   * @return {@code Ended} if the provider does not have it any more, or never had it
   */
  WatchOutcome stop(String mailbox, String external, String channel);

  /**
   * Our watches that call this address. A provider that has no such list returns an empty one.
   *
   * @param address where notices go
   */
  WatchList list(URI address);
}
