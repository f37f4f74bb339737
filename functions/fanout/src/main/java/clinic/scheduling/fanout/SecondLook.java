package clinic.scheduling.fanout;

import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import java.time.Duration;
import java.time.Instant;

/**
 * Canvas may tell of a change before a read shows it, and never tell of it again (canvas-plugins
 * issue 667). So what is looked at right after a notice is looked at once more, when Canvas has had
 * time; what waited for as long anyway is not.
 */
final class SecondLook {
  static final String HINT = "second-look";
  private static final Duration SHOWN_AFTER = Duration.ofSeconds(10);

  private final Queue<ChangeNotice> changes;

  SecondLook(Queue<ChangeNotice> changes) {
    this.changes = changes;
  }

  /** After the first look at what a notice is about. */
  void after(ChangeNotice notice, Instant receivedAt, Instant now) {
    Duration age = Duration.between(receivedAt, now);
    if (!HINT.equals(notice.hint()) && age.compareTo(SHOWN_AFTER) < 0) {
      changes.send(notice.withHint(HINT), age.isNegative() ? SHOWN_AFTER : SHOWN_AFTER.minus(age));
    }
  }
}
