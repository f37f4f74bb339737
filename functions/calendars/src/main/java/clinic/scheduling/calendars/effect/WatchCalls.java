package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendaraccess.keys.CalendarProviders;
import clinic.scheduling.calendars.CalendarOutcome.Failure;
import clinic.scheduling.calendars.CalendarOutcome.TryLater;
import clinic.scheduling.calendars.subscription.WatchOutcome;
import clinic.scheduling.calendars.subscription.WatchProvider;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Opens, renews and stops watches within the limits on calls to their mailboxes. If the limiter
 * grants no permit, the outcome is {@code Failed}, with {@code TryLater} as the reason.
 */
@Singleton
public final class WatchCalls {
  private final MailboxLimiter limiter;
  private final List<WatchProvider> providers;
  private final Predicate<Provider> isOn;

  @Inject
  WatchCalls(MailboxLimiter limiter, @All List<WatchProvider> providers, CalendarProviders keys) {
    this(limiter, providers, keys::isOn);
  }

  /**
   * @param isOn whether the keys of a provider are set
   */
  WatchCalls(MailboxLimiter limiter, List<WatchProvider> providers, Predicate<Provider> isOn) {
    this.limiter = limiter;
    this.providers = List.copyOf(providers);
    this.isOn = isOn;
  }

  /** Whether the provider is on. */
  public boolean has(Provider provider) {
    return isOn.test(provider);
  }

  public WatchProvider provider(Provider provider) {
    return providers.stream().filter(one -> one.provider() == provider).findFirst().orElseThrow();
  }

  /**
   * Makes one call.
   *
   * @param binding the key of the calendar
   */
  public WatchOutcome call(
      String binding, Provider provider, Function<WatchProvider, WatchOutcome> call) {
    return limiter
        .acquire(binding)
        .fold(
            permit -> call(permit, binding, provider, call),
            later -> new WatchOutcome.Failed(new TryLater(later.delay())));
  }

  private WatchOutcome call(
      MailboxLimiter.PermitResult.Granted permit,
      String binding,
      Provider provider,
      Function<WatchProvider, WatchOutcome> call) {
    try {
      WatchOutcome outcome = call.apply(provider(provider));
      Optional<Failure> failure =
          outcome.fold(
              open -> Optional.<Failure>empty(),
              ended -> Optional.<Failure>empty(),
              failed -> Optional.of(failed.why()));
      failure.flatMap(Failure::pause).ifPresent(delay -> limiter.pause(binding, delay));
      return outcome;
    } finally {
      limiter.release(permit);
    }
  }
}
