package clinic.scheduling.local.contract;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.ledger.DynamoRows;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Many callers want the same half hour of one practitioner at the same moment. */
final class HoldRace {
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final int LIMIT_SECONDS = 60;

  private final MovableClock clock = MovableClock.at("2026-11-23T00:00:00Z");
  private final AtomicInteger lostWrites = new AtomicInteger();
  private final String practitioner = UUID.randomUUID().toString();
  private final Holds holds;

  HoldRace(DynamoDbClient dynamodb, String table) {
    this.holds = new Holds(new CountedRows(new DynamoRows(dynamodb, table, clock)), clock);
  }

  /** The number of winners of each round. */
  List<Integer> run(int rounds, int callers) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      List<Integer> winners = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        winners.add(round(threads, round, callers));
      }
      return winners;
    } finally {
      threads.shutdownNow();
    }
  }

  /** How often the row had changed between a caller's read and its write. */
  int lostWrites() {
    return lostWrites.get();
  }

  private int round(ExecutorService threads, int round, int callers) throws Exception {
    var start = clock.instant().plus(HALF_HOUR.multipliedBy(round));
    Interval time = new Interval(start, start.plus(HALF_HOUR));
    CyclicBarrier together = new CyclicBarrier(callers);
    List<Future<Boolean>> answers = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      String owner = "bk-" + round + "-" + caller;
      answers.add(
          threads.submit(
              () -> {
                together.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                return holds.hold(practitioner, owner, time, Duration.ofMinutes(5));
              }));
    }
    int winners = 0;
    for (Future<Boolean> answer : answers) {
      winners += answer.get(LIMIT_SECONDS, TimeUnit.SECONDS) ? 1 : 0;
    }
    return winners;
  }

  private final class CountedRows implements Rows {
    private final Rows rows;

    CountedRows(Rows rows) {
      this.rows = rows;
    }

    @Override
    public Optional<Row> read(RowKey key) {
      return rows.read(key);
    }

    @Override
    public RowPage page(String partition, String prefix, String after, int most) {
      return rows.page(partition, prefix, after, most);
    }

    @Override
    public boolean count(RowKey key, int limit, Instant expires) {
      return rows.count(key, limit, expires);
    }

    @Override
    public boolean write(List<Row> wanted) {
      boolean written = rows.write(wanted);
      lostWrites.addAndGet(written ? 0 : 1);
      return written;
    }
  }
}
