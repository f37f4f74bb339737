package clinic.scheduling.booking;

import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * How long the table and the queue take for a call, without the test waiting for it. A call that
 * would take longer than it may is given up without effect, as the SDK does for DynamoRows.
 */
@Singleton
class TablePace {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final AtomicReference<Duration> eachCall = new AtomicReference<>(Duration.ZERO);
  private final AtomicReference<String> refused = new AtomicReference<>("");
  private final AtomicReference<String> hidden = new AtomicReference<>("");
  private final AtomicReference<Consumer<String>> before = new AtomicReference<>(what -> {});
  private final MovableClock clock;
  private final CallBudget time;

  TablePace(MovableClock clock, CallBudget time) {
    this.clock = clock;
    this.time = time;
  }

  void eachCallTakes(Duration time) {
    eachCall.set(time);
  }

  /** Until {@link #calm}, rows with this sort key cannot be read. */
  void hides(String sort) {
    hidden.set(sort);
  }

  /** Until {@link #calm}, rows with this sort key cannot be written. */
  void refuses(String sort) {
    refused.set(sort);
  }

  /** Runs before each call or pause, with its kind, until {@link #calm}. */
  void beforeEach(Consumer<String> act) {
    before.set(act);
  }

  void calm() {
    before.set(what -> {});
    eachCall.set(Duration.ZERO);
    refused.set("");
    hidden.set("");
  }

  void arriving(RowKey read) {
    arriving();
    if (read.sort().equals(hidden.get())) {
      throw SdkClientException.create("the table is out of reach");
    }
  }

  void arriving(List<Row> written) {
    arriving();
    if (written.stream().anyMatch(row -> row.key().sort().equals(refused.get()))) {
      throw SdkClientException.create("the table is out of reach");
    }
  }

  /** Called when a request waits for another request. */
  void pausing() {
    before.get().accept("pause");
  }

  void arriving() {
    before.get().accept("table");
    Duration takes = eachCall.get();
    Duration longest = time.atMost("table", LONGEST);
    if (takes.compareTo(longest) > 0) {
      clock.move(longest);
      throw ApiCallTimeoutException.create(longest.toMillis());
    }
    clock.move(takes);
  }
}
