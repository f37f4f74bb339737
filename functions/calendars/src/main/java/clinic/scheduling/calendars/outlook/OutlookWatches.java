package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.subscription.WatchList;
import clinic.scheduling.calendars.subscription.WatchOutcome;
import clinic.scheduling.calendars.subscription.WatchProvider;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.subscription.CalendarWatches.NewWatch;
import clinic.scheduling.core.subscription.Watch;
import com.microsoft.graph.models.Subscription;
import com.microsoft.graph.models.SubscriptionCollectionResponse;
import com.microsoft.kiota.ApiException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions of Microsoft Graph ({@code docs/facts/outlook.md} 4). Notices and lifecycle notices
 * go to the same address, which Graph calls before it answers a create. A notice has no content but
 * ids.
 */
@Singleton
final class OutlookWatches implements WatchProvider {
  /** Valid by the present rules of Graph and by the older ones. */
  private static final Duration LIFE = Duration.ofMinutes(4_200);

  private static final String CHANGES = "created,updated,deleted";
  private static final int PAGES = 50;
  private static final Set<Integer> NOT_THERE = Set.of(404, 410);

  private final Graph graph;

  OutlookWatches(Graph graph) {
    this.graph = graph;
  }

  @Override
  public Provider provider() {
    return Provider.OUTLOOK;
  }

  @Override
  public Duration life() {
    return LIFE;
  }

  @Override
  public boolean canRenew() {
    return true;
  }

  @Override
  public WatchOutcome open(String mailbox, NewWatch watch, URI address, Instant ends) {
    Subscription wanted = until(ends);
    wanted.setChangeType(CHANGES);
    wanted.setNotificationUrl(address.toString());
    wanted.setLifecycleNotificationUrl(address.toString());
    wanted.setResource(resource(mailbox));
    wanted.setClientState(watch.clientState().value());
    return graph.<WatchOutcome>ask(
        () -> outcome(graph.subscriptions().post(wanted, with -> Graph.prefer(with.headers)), ends),
        // A mailbox that is not found has not ended: there is nothing to watch.
        failure ->
            new WatchOutcome.Failed(
                failure.asFailure().orElseGet(() -> new CalendarOutcome.Refused("not-found"))));
  }

  @Override
  public WatchOutcome renew(Watch watch, Instant ends) {
    String id = watch.external().orElse("");
    return graph.<WatchOutcome>ask(
        () ->
            unlessGone(
                () -> outcome(graph.subscriptions().bySubscriptionId(id).patch(until(ends)), ends)),
        WatchOutcome::failed);
  }

  @Override
  public WatchOutcome stop(String mailbox, String external, String channel) {
    return graph.<WatchOutcome>ask(
        () ->
            unlessGone(
                () -> {
                  graph.subscriptions().bySubscriptionId(external).delete();
                  return new WatchOutcome.Ended();
                }),
        WatchOutcome::failed);
  }

  @Override
  public WatchList list(URI address) {
    return graph.<WatchList>ask(
        () -> all(address.toString()),
        failure ->
            new WatchList.Unreadable(
                failure.asFailure().orElseGet(() -> new CalendarOutcome.Refused("not-found"))));
  }

  private WatchList all(String address) {
    List<WatchList.Listed> ours = new ArrayList<>();
    @Nullable SubscriptionCollectionResponse page = graph.subscriptions().get();
    for (int pages = 0; pages < PAGES; pages++) {
      if (page == null) {
        return new WatchList.Complete(ours);
      }
      Objects.requireNonNullElse(page.getValue(), List.<Subscription>of()).stream()
          .filter(one -> address.equals(one.getNotificationUrl()))
          .map(OutlookWatches::listed)
          .forEach(ours::add);
      @Nullable String next = page.getOdataNextLink();
      if (next == null) {
        return new WatchList.Complete(ours);
      }
      page = graph.subscriptions().withUrl(graph.own(next)).get();
    }
    return new WatchList.Unreadable(new CalendarOutcome.Refused("too-many-subscriptions"));
  }

  /** Graph names the resource of a mailbox in any case; so it is compared without its case. */
  private static WatchList.Listed listed(Subscription one) {
    return new WatchList.Listed(
        Objects.requireNonNullElse(one.getId(), ""),
        Objects.requireNonNullElse(one.getResource(), ""));
  }

  private static String resource(String mailbox) {
    return "users/" + mailbox + "/events";
  }

  private static Subscription until(Instant ends) {
    Subscription subscription = new Subscription();
    subscription.setExpirationDateTime(OffsetDateTime.ofInstant(ends, ZoneOffset.UTC));
    return subscription;
  }

  private static WatchOutcome outcome(@Nullable Subscription got, Instant asked) {
    @Nullable String id = got == null ? null : got.getId();
    @Nullable OffsetDateTime ends = got == null ? null : got.getExpirationDateTime();
    return id == null
        ? new WatchOutcome.Failed(new CalendarOutcome.Unknown(RetryAfter.USUAL))
        : new WatchOutcome.Open(id, ends == null ? asked : ends.toInstant());
  }

  /** Whatever code Graph gives with it: a subscription that is not found has ended. */
  private static WatchOutcome unlessGone(Supplier<WatchOutcome> call) {
    try {
      return call.get();
    } catch (ApiException e) {
      if (NOT_THERE.contains(e.getResponseStatusCode())) {
        return new WatchOutcome.Ended();
      }
      throw e;
    }
  }
}
