package clinic.scheduling.booking;

import clinic.scheduling.core.MovableClock;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What happens between the calls of Canvas: time goes by, without anybody waiting for it, and staff
 * do something just before a call of ours arrives.
 */
@Singleton
class CanvasPace {
  private final AtomicReference<Duration> eachCall = new AtomicReference<>(Duration.ZERO);
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();
  private final MovableClock clock;

  CanvasPace(MovableClock clock) {
    this.clock = clock;
  }

  void eachCallTakes(Duration time) {
    eachCall.set(time);
  }

  /** Done once, when the next call with this method is about to arrive. */
  void beforeTheNext(String method, Runnable act) {
    before.put(method, act);
  }

  void calm() {
    eachCall.set(Duration.ZERO);
    before.clear();
  }

  void arriving(String method) {
    Optional.ofNullable(before.remove(method)).ifPresent(Runnable::run);
    clock.move(eachCall.get());
  }
}
