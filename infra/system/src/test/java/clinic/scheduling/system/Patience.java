package clinic.scheduling.system;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/** How long a test waits at most. */
final class Patience {
  private static final Duration POLL = Duration.ofMillis(50);

  /**
   * A longer pause between checks, because each check takes CPU time from the processes for which
   * the test waits.
   */
  private static final Duration SELDOM = Duration.ofMillis(250);

  private Patience() {}

  /** Waits up to 30 s, which is enough if the first attempt succeeds. */
  static void soon(ThrowingRunnable assertion) {
    upTo(30).untilAsserted(assertion);
  }

  /**
   * Waits up to 150 s, which is enough even if leases of killed processes have to expire first, or
   * several attempts fail with growing pauses.
   */
  static void inTheEnd(ThrowingRunnable assertion) {
    upTo(150).pollInterval(SELDOM).untilAsserted(assertion);
  }

  static ConditionFactory upTo(int seconds) {
    return await().pollInterval(POLL).pollDelay(Duration.ZERO).atMost(Duration.ofSeconds(seconds));
  }
}
