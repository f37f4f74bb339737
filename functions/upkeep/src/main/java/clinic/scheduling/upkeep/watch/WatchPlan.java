package clinic.scheduling.upkeep.watch;

import clinic.scheduling.core.subscription.CalendarWatches;
import clinic.scheduling.core.subscription.Watch;
import clinic.scheduling.core.subscription.WatchState;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What has to be done about the watches of one calendar: a pure function of their rows and the
 * time. Carry it out, then plan again: a watch is closed only when a plan sees that another one is
 * open.
 *
 * @param adopt watches that were opened by a run that died, and that a notice has shown; they are
 *     recorded as open
 * @param renew the watch that has to be renewed
 * @param open whether a watch has to be opened
 * @param close watches to stop at the provider
 * @param forget watches that the provider does not have, or of which it never told the id
 */
record WatchPlan(
    List<Watch> adopt, Optional<Watch> renew, boolean open, List<Watch> close, List<Watch> forget) {

  /** Longer than a run can take. So whoever began to open such a watch is dead. */
  static final Duration LONGEST_OPENING = Duration.ofMinutes(10);

  private static final String REMOVED = "subscriptionRemoved";

  /**
   * @param callback where the provider has to send the notices; empty if the practice document does
   *     not mirror the calendar, or if the provider cannot reach us
   * @param canRenew whether a watch of this provider can be renewed, and listed; otherwise a
   *     successor is opened
   */
  static WatchPlan of(List<Watch> watches, Optional<URI> callback, boolean canRenew, Instant now) {
    List<Watch> adopt = new ArrayList<>();
    List<Watch> usable = new ArrayList<>();
    List<Watch> close = new ArrayList<>();
    List<Watch> forget = new ArrayList<>();
    List<Watch> unseen = new ArrayList<>();
    boolean isOpening = false;

    // 1. What each row stands for.
    for (Watch watch : watches) {
      boolean isRecent = watch.since().plus(LONGEST_OPENING).isAfter(now);
      boolean isRemoved = watch.attention().filter(REMOVED::equals).isPresent();
      if (!watch.isAliveAt(now) || isRemoved) {
        forget.add(watch);
      } else if (watch.state() == WatchState.OPEN) {
        usable.add(watch);
      } else if (watch.state() == WatchState.CLOSING && watch.external().isPresent()) {
        close.add(watch);
      } else if (watch.state() == WatchState.OPENING && isRecent) {
        isOpening |= isRight(watch, callback);
      } else if (watch.state() == WatchState.OPENING && watch.external().isPresent()) {
        adopt.add(watch);
      } else if (canRenew) {
        // A subscription without a row is found in the provider's list, and stopped.
        forget.add(watch);
      } else {
        unseen.add(watch);
      }
    }
    usable.addAll(adopt);

    // 2. Of those that are open and call the right address, the one that ends last is kept. While
    // there is none, the others stay: their address may still lead to us.
    Optional<Watch> best =
        usable.stream()
            .filter(watch -> isRight(watch, callback))
            .max(Comparator.comparing(Watch::ends).thenComparing(Watch::id));
    if (callback.isEmpty()) {
      close.addAll(usable);
      return new WatchPlan(List.of(), Optional.empty(), false, close, forget);
    }
    best.ifPresent(
        kept -> usable.stream().filter(watch -> !watch.equals(kept)).forEach(close::add));
    adopt.retainAll(best.stream().toList());
    boolean isDue =
        best.filter(watch -> !watch.renewFrom().isAfter(now) || watch.attention().isPresent())
            .isPresent();
    boolean open = !isOpening && (best.isEmpty() || (isDue && !canRenew));
    if (open && watches.size() - forget.size() >= CalendarWatches.MOST) {
      // A channel that was never seen may not exist, so the oldest one makes room.
      unseen.stream().min(Comparator.comparing(Watch::since)).ifPresent(forget::add);
    }
    return new WatchPlan(adopt, best.filter(watch -> isDue && canRenew), open, close, forget);
  }

  private static boolean isRight(Watch watch, Optional<URI> callback) {
    return callback.filter(watch::calls).isPresent();
  }

  boolean isEmpty() {
    return adopt.isEmpty() && renew.isEmpty() && !open && close.isEmpty() && forget.isEmpty();
  }
}
