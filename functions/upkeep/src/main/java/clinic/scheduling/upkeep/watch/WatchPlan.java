package clinic.scheduling.upkeep.watch;

import clinic.scheduling.core.subscription.Watch;
import clinic.scheduling.core.subscription.WatchState;
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
   * @param isWanted whether the practice document mirrors the calendar, and the provider can reach
   *     us
   * @param canRenew whether a watch of this provider can be renewed, and listed; otherwise a
   *     successor is opened
   */
  static WatchPlan of(List<Watch> watches, boolean isWanted, boolean canRenew, Instant now) {
    List<Watch> adopt = new ArrayList<>();
    List<Watch> usable = new ArrayList<>();
    List<Watch> close = new ArrayList<>();
    List<Watch> forget = new ArrayList<>();
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
        isOpening = true;
      } else if (watch.state() == WatchState.OPENING && watch.external().isPresent()) {
        adopt.add(watch);
      } else if (canRenew) {
        // A subscription without a row is found in the provider's list, and stopped.
        forget.add(watch);
      }
    }
    usable.addAll(adopt);

    // 2. Of those that are open, the one that ends last is kept.
    Optional<Watch> best =
        usable.stream().max(Comparator.comparing(Watch::ends).thenComparing(Watch::id));
    if (!isWanted) {
      close.addAll(usable);
      return new WatchPlan(List.of(), Optional.empty(), false, close, forget);
    }
    usable.stream().filter(watch -> !watch.equals(best.get())).forEach(close::add);
    adopt.retainAll(best.stream().toList());
    boolean isDue =
        best.filter(watch -> !watch.renewFrom().isAfter(now) || watch.attention().isPresent())
            .isPresent();
    return new WatchPlan(
        adopt,
        best.filter(watch -> isDue && canRenew),
        !isOpening && (best.isEmpty() || (isDue && !canRenew)),
        close,
        forget);
  }

  boolean isEmpty() {
    return adopt.isEmpty() && renew.isEmpty() && !open && close.isEmpty() && forget.isEmpty();
  }
}
