package clinic.scheduling.upkeep.watch;

import clinic.scheduling.calendars.effect.WatchCalls;
import clinic.scheduling.calendars.subscription.WatchList;
import clinic.scheduling.calendars.subscription.WatchList.Listed;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.subscription.CalendarWatches;
import clinic.scheduling.core.subscription.Watch;
import clinic.scheduling.core.subscription.WatchState;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Stops watches that call us and that no row knows: a run died after it had opened them, or the
 * table was lost. Only Graph has a list of them; a channel of Google that nobody knows ends by
 * itself.
 */
@Singleton
class StopStrays {
  private static final Log LOG = Log.of(StopStrays.class);
  private static final int MOST = 50;

  private final CalendarWatches watches;
  private final WatchCalls calls;
  private final WatchAddress address;
  private final Clock clock;

  StopStrays(CalendarWatches watches, WatchCalls calls, WatchAddress address, Clock clock) {
    this.watches = watches;
    this.calls = calls;
    this.address = address;
    this.clock = clock;
  }

  /**
   * The list is read before the rows. So a watch that another run opens meanwhile is not in the
   * list, or its row is there, too.
   *
   * @param calendars all calendars that may have watches
   */
  RenewalCounts stop(Collection<RenewCalendar.Calendar> calendars, Deadline deadline) {
    RenewalCounts counts = new RenewalCounts();
    address
        .of(Provider.OUTLOOK)
        .ifPresent(
            to ->
                list(to)
                    .fold(
                        complete -> stop(complete.watches(), calendars, deadline, counts),
                        unreadable -> {
                          LOG.warn("watches-not-listed", "code", unreadable.why().code());
                          counts.failed(unreadable.why().code());
                          return counts;
                        }));
    return counts;
  }

  private WatchList list(URI to) {
    return calls.provider(Provider.OUTLOOK).list(to);
  }

  private RenewalCounts stop(
      List<Listed> listed,
      Collection<RenewCalendar.Calendar> calendars,
      Deadline deadline,
      RenewalCounts counts) {
    Set<String> known = new HashSet<>();
    Set<String> mailboxesAtWork = new HashSet<>();
    for (RenewCalendar.Calendar calendar : calendars) {
      for (Watch watch : watches.of(calendar.binding())) {
        watch.external().ifPresent(known::add);
        if (isAtWork(watch)) {
          mailboxesAtWork.add(watch.address().toLowerCase(Locale.ROOT));
        }
      }
    }
    listed.stream()
        .filter(one -> !known.contains(one.external()))
        .filter(one -> mailboxesAtWork.stream().noneMatch(mailbox -> isOf(mailbox, one)))
        .limit(MOST)
        .takeWhile(one -> deadline.leaves(RenewCalendar.LONGEST))
        .forEach(one -> stop(one, counts));
    return counts;
  }

  /** Whether a run is opening this watch now, so that the provider's id is not recorded yet. */
  private boolean isAtWork(Watch watch) {
    Instant now = clock.instant();
    return watch.state() == WatchState.OPENING
        && watch.since().plus(WatchPlan.LONGEST_OPENING).isAfter(now);
  }

  private static boolean isOf(String mailbox, Listed one) {
    return one.resource().toLowerCase(Locale.ROOT).contains("users/" + mailbox + "/");
  }

  private void stop(Listed one, RenewalCounts counts) {
    LOG.warn("watch-stray", "provider", "outlook");
    calls
        .provider(Provider.OUTLOOK)
        .stop("", one.external(), "")
        .fold(
            open -> false,
            ended -> {
              counts.stopped();
              return true;
            },
            failed -> {
              counts.failed(failed.why().code());
              return false;
            });
  }
}
