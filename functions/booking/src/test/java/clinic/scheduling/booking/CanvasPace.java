package clinic.scheduling.booking;

import clinic.scheduling.core.MovableClock;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What happens between our calls to Canvas: time passes, without the test waiting for it, and staff
 * change something just before a call arrives.
 */
@Singleton
class CanvasPace {
  private final AtomicReference<Duration> eachCall = new AtomicReference<>(Duration.ZERO);
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();
  private final AtomicReference<Consumer<String>> beforeEach = new AtomicReference<>(call -> {});
  private final MovableClock clock;

  CanvasPace(MovableClock clock) {
    this.clock = clock;
  }

  void eachCallTakes(Duration time) {
    eachCall.set(time);
  }

  /** Runs once, just before the next call with this method arrives. */
  void beforeTheNext(String method, Runnable act) {
    before.put(method, act);
  }

  /** Runs before each call arrives, with its method and kind of resource, until {@link #calm}. */
  void beforeEach(Consumer<String> act) {
    beforeEach.set(act);
  }

  void calm() {
    beforeEach.set(call -> {});
    eachCall.set(Duration.ZERO);
    before.clear();
  }

  void arriving(String method, String path) {
    beforeEach.get().accept(method + " " + path.replaceFirst(".*/canvas/([A-Za-z]+).*", "$1"));
    Optional.ofNullable(before.remove(method)).ifPresent(Runnable::run);
    clock.move(eachCall.get());
  }
}
