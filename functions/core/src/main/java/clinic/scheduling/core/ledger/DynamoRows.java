package clinic.scheduling.core.ledger;

import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.UnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Rows in a DynamoDB table, in the format of {@link RowItem}. DynamoDB drops expired items late
 * (docs/facts/aws.md 7), so expiry is checked here as well. A call with all its retries takes 5 s
 * at most, and no longer than the {@link CallBudget} allows.
 */
public final class DynamoRows implements Rows {
  private static final int BATCH = 100;
  private static final int BATCH_TRIES = 5;
  private static final Duration MAX_CALL_TIME = Duration.ofSeconds(5);
  private static final String UNCHANGED = "version = :version";
  private static final String ABSENT = "attribute_not_exists(pk) OR expires <= :now";
  private static final String PARTITION = "pk = :pk";
  private static final String PARTITION_FROM = "pk = :pk AND begins_with(sk, :prefix)";
  private static final Map<String, String> ATTRIBUTE_NAMES =
      Map.of("#count", "count", "#fields", "fields");

  private final DynamoDbClient dynamo;
  private final String table;
  private final CallBudget budget;
  private final Clock clock;

  /** For callers that need no {@link CallBudget}. */
  public DynamoRows(DynamoDbClient dynamo, String table, Clock clock) {
    this(dynamo, table, new CallBudget(clock), clock);
  }

  public DynamoRows(DynamoDbClient dynamo, String table, CallBudget budget, Clock clock) {
    this.dynamo = dynamo;
    this.table = table;
    this.budget = budget;
    this.clock = clock;
  }

  @Override
  public Optional<Row> read(RowKey key) {
    Map<String, AttributeValue> item =
        dynamo
            .getItem(
                get ->
                    get.tableName(table)
                        .key(RowItem.key(key))
                        .consistentRead(true)
                        .overrideConfiguration(withTimeout()))
            .item();
    return item.isEmpty() ? Optional.empty() : Optional.of(RowItem.row(item)).filter(this::isAlive);
  }

  @Override
  public List<Row> readAll(Collection<RowKey> keys) {
    List<Map<String, AttributeValue>> wanted = keys.stream().distinct().map(RowItem::key).toList();
    List<Row> found = new ArrayList<>();
    for (int from = 0; from < wanted.size(); from += BATCH) {
      readBatch(wanted.subList(from, Math.min(from + BATCH, wanted.size())), found);
    }
    return found;
  }

  /** DynamoDB leaves keys unread if the response would be too large; we ask for them again. */
  private void readBatch(List<Map<String, AttributeValue>> keys, List<Row> found) {
    Map<String, KeysAndAttributes> rest =
        Map.of(table, KeysAndAttributes.builder().keys(keys).consistentRead(true).build());
    for (int attempt = 0; attempt < BATCH_TRIES && !rest.isEmpty(); attempt++) {
      Map<String, KeysAndAttributes> asked = rest;
      BatchGetItemResponse answer =
          dynamo.batchGetItem(get -> get.requestItems(asked).overrideConfiguration(withTimeout()));
      answer.responses().getOrDefault(table, List.of()).stream()
          .map(RowItem::row)
          .filter(this::isAlive)
          .forEach(found::add);
      rest = answer.unprocessedKeys();
    }
    if (!rest.isEmpty()) {
      throw new UnavailableException("table", Duration.ofSeconds(1));
    }
  }

  @Override
  public RowPage page(String partition, String prefix, String after, int most) {
    Map<String, AttributeValue> values = new HashMap<>(Map.of(":pk", RowItem.text(partition)));
    if (!prefix.isEmpty()) {
      values.put(":prefix", RowItem.text(prefix));
    }
    QueryRequest.Builder query =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .limit(Math.min(most, PAGE))
            .keyConditionExpression(prefix.isEmpty() ? PARTITION : PARTITION_FROM)
            .expressionAttributeValues(values)
            .overrideConfiguration(withTimeout());
    if (!after.isEmpty()) {
      query.exclusiveStartKey(RowItem.key(new RowKey(partition, after)));
    }
    QueryResponse found = dynamo.query(query.build());
    List<Row> alive = found.items().stream().map(RowItem::row).filter(this::isAlive).toList();
    return new RowPage(
        alive, Optional.ofNullable(found.lastEvaluatedKey().get("sk")).map(AttributeValue::s));
  }

  @Override
  public boolean write(List<Row> rows) {
    return rows.size() == 1 ? writeOne(rows.get(0)) : writeTogether(rows);
  }

  private boolean writeOne(Row row) {
    try {
      dynamo.putItem(
          put ->
              put.tableName(table)
                  .item(RowItem.of(row))
                  .conditionExpression(conditionOf(row))
                  .expressionAttributeValues(valuesOf(row))
                  .overrideConfiguration(withTimeout()));
      return true;
    } catch (ConditionalCheckFailedException | TransactionConflictException e) {
      return false;
    }
  }

  private boolean writeTogether(List<Row> rows) {
    List<TransactWriteItem> puts =
        rows.stream().map(row -> TransactWriteItem.builder().put(putOf(row)).build()).toList();
    try {
      dynamo.transactWriteItems(
          write -> write.transactItems(puts).overrideConfiguration(withTimeout()));
      return true;
    } catch (TransactionCanceledException e) {
      if (e.cancellationReasons().stream().allMatch(DynamoRows::isRace)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public boolean count(RowKey key, int limit, Instant expires) {
    try {
      if (increment(key, limit, expires)) {
        return true;
      }
      boolean isFull = read(key).isPresent();
      // If another worker restarts the count first, this call is added to the new count.
      return !isFull && (restartCount(key, expires) || increment(key, limit, expires));
    } catch (DynamoDbException e) {
      throw e.isThrottlingException() ? new CountRefusedException() : e;
    }
  }

  /** Adds one to a count that has not ended, or begins the first count of the key. */
  private boolean increment(RowKey key, int limit, Instant expires) {
    return updateCount(
        key,
        "attribute_not_exists(#count) OR (#count < :limit AND expires > :now)",
        "SET #count = if_not_exists(#count, :zero) + :one, expires = :expires,"
            + " version = if_not_exists(version, :version),"
            + " #fields = if_not_exists(#fields, :none)",
        Map.of(
            ":limit", RowItem.number(limit),
            ":zero", RowItem.number(0),
            ":one", RowItem.number(1)),
        expires);
  }

  /** Begins a count in place of one that has ended. */
  private boolean restartCount(RowKey key, Instant expires) {
    return updateCount(
        key,
        "expires <= :now",
        "SET #count = :one, expires = :expires, version = :version, #fields = :none",
        Map.of(":one", RowItem.number(1)),
        expires);
  }

  private boolean updateCount(
      RowKey key,
      String condition,
      String update,
      Map<String, AttributeValue> numbers,
      Instant expires) {
    Map<String, AttributeValue> values = new HashMap<>(numbers);
    values.put(":now", RowItem.number(clock.instant().getEpochSecond()));
    values.put(":expires", RowItem.number(expires.getEpochSecond()));
    values.put(":version", RowItem.number(Row.newVersion()));
    values.put(":none", AttributeValue.builder().m(Map.of()).build());
    try {
      dynamo.updateItem(
          change ->
              change
                  .tableName(table)
                  .key(RowItem.key(key))
                  .conditionExpression(condition)
                  .updateExpression(update)
                  .expressionAttributeNames(ATTRIBUTE_NAMES)
                  .expressionAttributeValues(values)
                  .overrideConfiguration(withTimeout()));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  private Consumer<AwsRequestOverrideConfiguration.Builder> withTimeout() {
    Duration longest = budget.atMost("table", MAX_CALL_TIME);
    return call -> call.apiCallTimeout(longest);
  }

  private static boolean isRace(CancellationReason reason) {
    return switch (reason.code() == null ? "None" : reason.code()) {
      case "None", "ConditionalCheckFailed", "TransactionConflict" -> true;
      default -> false;
    };
  }

  private Put putOf(Row row) {
    return Put.builder()
        .tableName(table)
        .item(RowItem.of(row))
        .conditionExpression(conditionOf(row))
        .expressionAttributeValues(valuesOf(row))
        .build();
  }

  private boolean isAlive(Row row) {
    return row.expires().isAfter(clock.instant());
  }

  private static String conditionOf(Row row) {
    return row.isNew() ? ABSENT : UNCHANGED;
  }

  private Map<String, AttributeValue> valuesOf(Row row) {
    return row.isNew()
        ? Map.of(":now", RowItem.number(clock.instant().getEpochSecond()))
        : Map.of(":version", RowItem.number(row.version()));
  }
}
