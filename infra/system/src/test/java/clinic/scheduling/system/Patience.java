package clinic.scheduling.system;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/** How long a test waits, at most. */
final class Patience {
  private static final Duration POLL = Duration.ofMillis(50);

  /** Looking takes time away from those who are waited for. */
  private static final Duration SELDOM = Duration.ofMillis(250);

  private Patience() {}

  /** For what happens by itself. */
  static void soon(ThrowingRunnable assertion) {
    upTo(30).untilAsserted(assertion);
  }

  /** For what waits for the leases of killed processes, and for repeats that come ever later. */
  static void inTheEnd(ThrowingRunnable assertion) {
    upTo(150).pollInterval(SELDOM).untilAsserted(assertion);
  }

  static ConditionFactory upTo(int seconds) {
    return await().pollInterval(POLL).pollDelay(Duration.ZERO).atMost(Duration.ofSeconds(seconds));
  }
}
