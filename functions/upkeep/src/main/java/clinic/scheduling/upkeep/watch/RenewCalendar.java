package clinic.scheduling.upkeep.watch;

import clinic.scheduling.calendars.effect.WatchCalls;
import clinic.scheduling.calendars.subscription.WatchOutcome;
import clinic.scheduling.calendars.subscription.WatchOutcome.Failed;
import clinic.scheduling.calendars.subscription.WatchOutcome.Open;
import clinic.scheduling.calendars.subscription.WatchProvider;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.subscription.CalendarWatches;
import clinic.scheduling.core.subscription.CalendarWatches.NewWatch;
import clinic.scheduling.core.subscription.Watch;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps one watch of one calendar open, or none if the calendar is not mirrored. Each step writes
 * the row before it calls the provider. So a run that dies leaves a row from which the next run
 * goes on (docs/decisions/0048).
 */
@Singleton
class RenewCalendar {
  /** The time for one calendar: some calls, of which a subscription may take 15 seconds. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Log LOG = Log.of(RenewCalendar.class);

  /** Open or renew, then stop the old one, then forget it. */
  private static final int MOST_PLANS = 3;

  /** A channel's successor is opened a day before the channel ends. */
  private static final Duration SUCCESSOR = Duration.ofDays(1);

  private final CalendarWatches watches;
  private final WatchCalls calls;
  private final WatchAddress address;
  private final Queue<CalendarChange> changes;
  private final Clock clock;

  RenewCalendar(
      CalendarWatches watches,
      WatchCalls calls,
      WatchAddress address,
      Queue<CalendarChange> changes,
      Clock clock) {
    this.watches = watches;
    this.calls = calls;
    this.address = address;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * One calendar.
   *
   * @param isMirrored whether its meetings block time, by the practice document
   */
  record Calendar(String binding, String mailbox, boolean isMirrored) {
    Provider provider() {
      return Provider.valueOf(binding.substring(0, binding.indexOf('-')).toUpperCase(Locale.ROOT));
    }
  }

  /** Whether the provider of the calendar is on. */
  boolean canCall(Calendar calendar) {
    return calls.has(calendar.provider());
  }

  /** What would be done, without doing it. */
  WatchPlan preview(Calendar calendar) {
    return plan(calendar);
  }

  RenewalCounts renew(Calendar calendar) {
    RenewalCounts counts = new RenewalCounts();
    for (int plans = 0; plans < MOST_PLANS && !counts.isFailed(); plans++) {
      WatchPlan plan = plan(calendar);
      if (plan.isEmpty()) {
        break;
      }
      carryOut(plan, calendar, counts);
    }
    if (!calendar.isMirrored() && watches.of(calendar.binding()).isEmpty()) {
      watches.unlist(calendar.binding());
    }
    return counts;
  }

  private WatchPlan plan(Calendar calendar) {
    Optional<URI> callback =
        calendar.isMirrored() ? address.of(calendar.provider()) : Optional.empty();
    return WatchPlan.of(
        watches.of(calendar.binding()),
        callback,
        calls.provider(calendar.provider()).canRenew(),
        clock.instant());
  }

  private void carryOut(WatchPlan plan, Calendar calendar, RenewalCounts counts) {
    plan.forget().forEach(watch -> forget(watch, counts));
    plan.adopt().forEach(watch -> adopt(watch, calendar, counts));
    plan.renew().ifPresent(watch -> renew(watch, calendar, counts));
    if (plan.open()) {
      address.of(calendar.provider()).ifPresent(to -> open(calendar, to, counts));
    }
    plan.close().forEach(watch -> close(watch, calendar, counts));
  }

  private void forget(Watch watch, RenewalCounts counts) {
    watches.forget(watch);
    counts.forgotten();
  }

  private void adopt(Watch watch, Calendar calendar, RenewalCounts counts) {
    LOG.info("watch-adopted", "binding", calendar.binding());
    record(watch, new Open(watch.external().orElseThrow(), watch.ends()), calendar);
    counts.adopted();
  }

  private void open(Calendar calendar, URI to, RenewalCounts counts) {
    Instant ends = clock.instant().plus(provider(calendar).life());
    Optional<NewWatch> begun = watches.begin(calendar.binding(), calendar.mailbox(), to, ends);
    if (begun.isEmpty()) {
      LOG.error("watch-too-many", "binding", calendar.binding());
      counts.failed("too-many");
      return;
    }
    NewWatch watch = begun.get();
    call(calendar, it -> it.open(calendar.mailbox(), watch, to, ends))
        .fold(
            open -> opened(watch.watch(), open, calendar, counts),
            ended -> failedToOpen(watch.watch(), "ended", calendar, counts),
            failed ->
                failed.isUnknown()
                    ? failed(failed, "open", calendar, counts)
                    : refused(watch.watch(), failed, calendar, counts));
  }

  /** Nobody has told us of changes before the watch was open, so the calendar is read once. */
  private boolean opened(Watch watch, Open open, Calendar calendar, RenewalCounts counts) {
    record(watch, open, calendar);
    LOG.info("watch-opened", "binding", calendar.binding(), "ends", open.ends());
    counts.opened();
    changes.send(
        CalendarChange.of(
            calendar.provider().name().toLowerCase(Locale.ROOT),
            calendar.binding(),
            clock.instant()));
    return true;
  }

  /** The provider does not have the watch, so its row is of no use. */
  private boolean refused(Watch watch, Failed why, Calendar calendar, RenewalCounts counts) {
    if (why.why().isRefused()) {
      LOG.error("watch-refused", "binding", calendar.binding(), "code", why.why().code());
    }
    return failedToOpen(watch, why.why().code(), calendar, counts);
  }

  private boolean failedToOpen(Watch watch, String code, Calendar calendar, RenewalCounts counts) {
    watches.forget(watch);
    LOG.warn("watch-not-opened", "binding", calendar.binding(), "code", code);
    counts.failed(code);
    return false;
  }

  private void renew(Watch watch, Calendar calendar, RenewalCounts counts) {
    Instant ends = clock.instant().plus(provider(calendar).life());
    call(calendar, it -> it.renew(watch, ends))
        .fold(
            open -> renewed(watch, open, calendar, counts),
            ended -> gone(watch, calendar, counts),
            failed -> failed(failed, "renew", calendar, counts));
  }

  private boolean renewed(Watch watch, Open open, Calendar calendar, RenewalCounts counts) {
    record(watch, open, calendar);
    counts.renewed();
    return true;
  }

  /** The next plan opens another one. */
  private boolean gone(Watch watch, Calendar calendar, RenewalCounts counts) {
    LOG.warn("watch-gone", "binding", calendar.binding());
    forget(watch, counts);
    return true;
  }

  private void close(Watch watch, Calendar calendar, RenewalCounts counts) {
    watches.closing(watch);
    call(
            calendar,
            it -> it.stop(watch.address(), watch.external().orElseThrow(), watch.channelId()))
        .fold(
            open -> false,
            ended -> stopped(watch, counts),
            failed -> failed(failed, "stop", calendar, counts));
  }

  private boolean stopped(Watch watch, RenewalCounts counts) {
    watches.forget(watch);
    counts.stopped();
    return true;
  }

  /** The row stays, so the next run tries again. */
  private boolean failed(Failed failed, String what, Calendar calendar, RenewalCounts counts) {
    LOG.warn(
        "watch-failed", "binding", calendar.binding(), "what", what, "code", failed.why().code());
    counts.failed(failed.why().code());
    return false;
  }

  private void record(Watch watch, Open open, Calendar calendar) {
    Instant now = clock.instant();
    Duration half = Duration.between(now, open.ends()).dividedBy(2);
    boolean isRenewed = provider(calendar).canRenew();
    Duration before = isRenewed || half.compareTo(SUCCESSOR) < 0 ? half : SUCCESSOR;
    watches.opened(watch, open.external(), open.ends(), open.ends().minus(before));
  }

  private WatchProvider provider(Calendar calendar) {
    return calls.provider(calendar.provider());
  }

  private WatchOutcome call(Calendar calendar, Function<WatchProvider, WatchOutcome> call) {
    return calls.call(calendar.binding(), calendar.provider(), call);
  }
}
