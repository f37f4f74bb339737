package clinic.scheduling.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.hold.HoldsContract;
import clinic.scheduling.core.ledger.DynamoRows;
import clinic.scheduling.core.ledger.LedgerContract;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.ledger.RowsContract;
import clinic.scheduling.core.limit.RateLimitContract;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.queue.QueueContract;
import clinic.scheduling.core.queue.SqsQueue;
import clinic.scheduling.local.stores.EmbeddedAws;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The stores of the local run, ElasticMQ and DynamoDB Local, behave as the functions expect. */
class EmbeddedStoresTest {
  private static EmbeddedAws embedded;
  private static AwsClients aws;
  private static String table;

  @BeforeAll
  static void start() throws Exception {
    embedded = EmbeddedAws.start();
    aws = new AwsClients(embedded.dynamodb(), embedded.sqs());
    table = aws.newTable();
  }

  @AfterAll
  static void stop() {
    try {
      aws.close();
    } finally {
      embedded.close();
    }
  }

  @Nested
  class TheTable extends RowsContract {
    private final MovableClock clock = MovableClock.at("2026-11-23T17:00:00Z");
    private final Rows rows = new DynamoRows(aws.dynamodb(), table, clock);

    @Override
    protected Rows rows() {
      return rows;
    }

    @Override
    protected Clock clock() {
      return clock;
    }

    @Override
    protected void pass(Duration time) {
      clock.move(time);
    }
  }

  @Nested
  class TheLedger extends LedgerContract {
    private final Rows rows = new DynamoRows(aws.dynamodb(), table, clock);

    @Override
    protected Rows rows() {
      return rows;
    }
  }

  @Nested
  class Limits extends RateLimitContract {
    private final Rows rows = new DynamoRows(aws.dynamodb(), table, clock);

    @Override
    protected Rows rows() {
      return rows;
    }
  }

  @Nested
  class Holds extends HoldsContract {
    private final Rows rows = new DynamoRows(aws.dynamodb(), table, clock);

    @Override
    protected Rows rows() {
      return rows;
    }
  }

  @Nested
  class AQueue extends QueueContract {
    private final String url = aws.newQueue();
    private final Queue<Letter> queue =
        new SqsQueue<>(aws.sqs(), url, MAPPER, new CallBudget(Clock.systemUTC()));

    @Override
    protected Queue<Letter> queue() {
      return queue;
    }

    @Override
    protected List<String> receive() {
      return ReceivedBodies.of(aws.sqs(), url);
    }
  }

  @Test
  void ofFortyCallersForOneTimeOneWinsInEachOfTwentyRounds() throws Exception {
    HoldRace race = new HoldRace(aws.dynamodb(), table);

    List<Integer> winners = race.run(20, 40);

    assertThat(winners).hasSize(20).containsOnly(1);
    assertThat(race.lostWrites()).as("callers met at the row itself").isPositive();
  }
}
