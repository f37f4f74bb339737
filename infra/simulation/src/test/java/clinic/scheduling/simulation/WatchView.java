package clinic.scheduling.simulation;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.subscription.WatchList;
import clinic.scheduling.calendars.subscription.WatchOutcome;
import clinic.scheduling.calendars.subscription.WatchProvider;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.subscription.CalendarWatches.NewWatch;
import clinic.scheduling.core.subscription.Watch;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Subscriptions or channels as one process sees them: throttling, and answers that are lost. */
final class WatchView implements WatchProvider {
  private static final double THROTTLED_PERCENT = 4;
  private static final double UNAVAILABLE_PERCENT = 4;
  private static final double ANSWER_LOST_PERCENT = 4;

  private final Run run;
  private final Process process;
  private final Provider provider;
  private final WatchSystem system;

  WatchView(Run run, Process process, Provider provider, WatchSystem system) {
    this.run = run;
    this.process = process;
    this.provider = provider;
    this.system = system;
  }

  @Override
  public Provider provider() {
    return provider;
  }

  /** Much shorter than in reality, so that watches are renewed within the day. */
  @Override
  public Duration life() {
    return Duration.ofMinutes(90);
  }

  @Override
  public boolean canRenew() {
    return provider == Provider.OUTLOOK;
  }

  @Override
  public WatchOutcome open(String mailbox, NewWatch watch, URI address, Instant ends) {
    return call(
        EffectKind.WATCH_OPEN,
        () -> {
          run.result.count(Counter.WATCH_OPENED);
          WatchSystem.Open open =
              system.open(
                  provider,
                  mailbox,
                  watch.watch().channelId(),
                  canRenew() ? watch.clientState().value() : watch.secret().value(),
                  ends.toEpochMilli());
          return new WatchOutcome.Open(open.external, ends);
        });
  }

  @Override
  public WatchOutcome renew(Watch watch, Instant ends) {
    return call(
        EffectKind.WATCH_RENEW,
        () ->
            system
                .find(provider, watch.external().orElse(""), watch.channelId())
                .<WatchOutcome>map(
                    open -> {
                      run.result.count(Counter.WATCH_RENEWED);
                      open.ends = ends.toEpochMilli();
                      return new WatchOutcome.Open(open.external, ends);
                    })
                .orElseGet(
                    () -> {
                      run.result.count(Counter.WATCH_FOUND_LOST);
                      return new WatchOutcome.Ended();
                    }));
  }

  @Override
  public WatchOutcome stop(String mailbox, String external, String channel) {
    return call(
        EffectKind.WATCH_STOP,
        () -> {
          system
              .find(provider, external, channel)
              .ifPresent(
                  open -> {
                    run.result.count(Counter.WATCH_STOPPED);
                    open.isOver = true;
                  });
          return new WatchOutcome.Ended();
        });
  }

  @Override
  public WatchList list(URI address) {
    return process.effect(
        EffectKind.CALENDAR_LIST,
        () ->
            new WatchList.Complete(
                canRenew()
                    ? system.live(provider).stream()
                        .map(
                            open ->
                                new WatchList.Listed(
                                    open.external, "users/" + open.mailbox + "/events"))
                        .toList()
                    : java.util.List.of()));
  }

  private WatchOutcome call(EffectKind what, Supplier<WatchOutcome> effect) {
    return process.effect(
        what,
        () -> {
          if (trouble(THROTTLED_PERCENT)) {
            run.result.count(Counter.THROTTLED);
            return WatchOutcome.failed(new CalendarOutcome.TryLater(Duration.ofSeconds(10)));
          }
          if (trouble(UNAVAILABLE_PERCENT)) {
            run.result.count(Counter.UNAVAILABLE);
            return WatchOutcome.failed(new CalendarOutcome.Unknown(Duration.ofSeconds(5)));
          }
          WatchOutcome outcome = effect.get();
          if (trouble(ANSWER_LOST_PERCENT)) {
            run.result.count(Counter.ANSWER_LOST);
            return WatchOutcome.failed(new CalendarOutcome.Unknown(Duration.ofSeconds(5)));
          }
          return outcome;
        });
  }

  private boolean trouble(double percent) {
    return !run.faults.isClear() && run.random.percent(percent);
  }
}
