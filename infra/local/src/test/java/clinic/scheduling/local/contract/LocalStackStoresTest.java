package clinic.scheduling.local.contract;

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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;

/** LocalStack, another imitation of SQS and DynamoDB, behaves as the functions expect. */
@DisplayName("Stores on LocalStack, skipped without LOCALSTACK_ENDPOINT and Docker")
@EnabledIf(
    value = "clinic.scheduling.local.contract.LocalStack#canBeHad",
    disabledReason =
        "LocalStack is not here: set LOCALSTACK_ENDPOINT (.ci/localstack start) or run Docker")
class LocalStackStoresTest {
  private static LocalStack localStack;
  private static AwsClients aws;
  private static String table;

  @BeforeAll
  static void start() {
    localStack = LocalStack.start();
    aws = new AwsClients(localStack.endpoint(), localStack.endpoint());
    table = aws.newTable();
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      aws.close();
    } finally {
      localStack.close();
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
}
