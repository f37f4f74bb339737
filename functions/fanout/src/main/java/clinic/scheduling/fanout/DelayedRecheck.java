package clinic.scheduling.fanout;

import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/**
 * Canvas may tell of a change before a read shows it, and never tell of it again (canvas-plugins
 * issue 667). So what is looked at right after a notice is looked at once more, when Canvas has had
 * time; what waited for as long anyway is not.
 */
@Singleton
final class DelayedRecheck {
  static final String HINT = "second-look";

  private final Queue<ChangeNotice> changes;
  private final Duration shownAfter;

  DelayedRecheck(Queue<ChangeNotice> changes, FanoutSettings settings) {
    this.changes = changes;
    this.shownAfter = settings.secondLook();
  }

  /**
   * After the first look at what a notice is about.
   *
   * @param begun when that look began, before it read anything
   */
  void after(ChangeNotice notice, Instant begun, Instant now) {
    Instant due = Trigger.instant(notice.receivedAt()).plus(shownAfter);
    if (needsOne(notice) && begun.isBefore(due)) {
      Duration delay = Duration.between(now, due);
      Duration some = delay.isNegative() ? Duration.ZERO : delay;
      changes.send(notice.withHint(HINT), some.compareTo(shownAfter) > 0 ? shownAfter : some);
    }
  }

  /** A second look is the last; reconciliation does not act on what Canvas has told just now. */
  private static boolean needsOne(ChangeNotice notice) {
    return !HINT.equals(notice.hint()) && !notice.comesFromReconciliation();
  }
}
