package clinic.scheduling.core.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/**
 * A table in memory that has DynamoDB's limits and refuses what DynamoDB refuses. The same contract
 * tests run with both.
 */
public final class MemoryTable {
  private static final int KB = 1_024;
  private static final int ROW_BYTES = 400 * KB;
  private static final int PAGE_BYTES = 1_024 * KB;
  private static final int BATCH = 100;
  private static final int BATCH_BYTES = 16 * 1_024 * KB;
  private static final int TOGETHER_BYTES = 4 * 1_024 * KB;
  private static final int PARTITION_KEY_BYTES = 2_048;
  private static final int SORT_KEY_BYTES = 1_024;
  private static final int READS_A_SECOND = 3_000;
  private static final int WRITES_A_SECOND = 1_000;

  /** DynamoDB orders sort keys by their bytes in UTF-8. */
  private static final Comparator<String> ORDER =
      Comparator.comparing(MemoryTable::bytes, Arrays::compareUnsigned);

  private final Map<String, TreeMap<String, Item>> partitions = new HashMap<>();
  private final Map<String, Spent> spent = new HashMap<>();

  private boolean limitsThroughput;

  private record Item(Row row, int count) {
    boolean isAlive(Instant now) {
      return row.expires().isAfter(now);
    }
  }

  /** The read and write units that a partition has used in one second. */
  private record Spent(long second, int reads, int writes) {}

  /**
   * From now on, a partition accepts 1,000 write units and 3,000 read units a second, by the clock
   * of the caller. A write unit is 1 kB, and a write in a transaction counts twice. A read unit is
   * 4 kB. This is not the default, because the clock of many tests stands still.
   */
  public synchronized void limitThroughput() {
    limitsThroughput = true;
  }

  public synchronized Optional<Row> read(RowKey key, Instant now) {
    checkKey(key);
    Optional<Item> item = find(key);
    spend(key.partition(), units(item.map(it -> size(it.row())).orElse(0), 4), 0, now);
    return item.filter(it -> it.isAlive(now)).map(Item::row);
  }

  /**
   * The result of one BatchGetItem call.
   *
   * @param rows the rows that were read
   * @param unread the keys that were not read; the caller requests them again
   */
  public record Batch(List<Row> rows, List<RowKey> unread) {}

  /**
   * Reads at most 100 different rows. Rows beyond 16 MB or beyond the throughput are left unread.
   */
  public synchronized Batch batch(List<RowKey> keys, Instant now) {
    if (keys.isEmpty() || keys.size() > BATCH || Set.copyOf(keys).size() < keys.size()) {
      throw refused("Too many items requested, or provided list of item keys contains duplicates");
    }
    List<Row> found = new ArrayList<>();
    int bytes = 0;
    for (int i = 0; i < keys.size(); i++) {
      bytes += find(keys.get(i)).map(item -> size(item.row())).orElse(0);
      if (bytes > BATCH_BYTES || !reads(keys.get(i), now, found)) {
        if (i == 0) {
          throw throttled();
        }
        return new Batch(found, keys.subList(i, keys.size()));
      }
    }
    return new Batch(found, List.of());
  }

  private boolean reads(RowKey key, Instant now, List<Row> found) {
    try {
      read(key, now).ifPresent(found::add);
      return true;
    } catch (ProvisionedThroughputExceededException e) {
      return false;
    }
  }

  public synchronized RowPage page(
      String partition, String prefix, String after, int most, Instant now) {
    List<Row> alive = new ArrayList<>();
    int looked = 0;
    int bytes = 0;
    String last = "";
    boolean more = false;
    for (Item item : partition(partition).tailMap(after, false).values()) {
      String sort = item.row().key().sort();
      if (!sort.startsWith(prefix)) {
        continue;
      }
      if (looked == Math.min(most, Rows.PAGE) || bytes > PAGE_BYTES) {
        more = true;
        break;
      }
      looked++;
      bytes += size(item.row());
      last = sort;
      if (item.isAlive(now)) {
        alive.add(item.row());
      }
    }
    spend(partition, units(bytes, 4), 0, now);
    return new RowPage(alive, more ? Optional.of(last) : Optional.empty());
  }

  public synchronized boolean write(List<Row> rows, Instant now) {
    check(rows);
    int times = rows.size() == 1 ? 1 : 2;
    for (Row row : rows) {
      spend(row.key().partition(), 0, times * units(size(row), 1), now);
    }
    if (!rows.stream().allMatch(row -> mayBeWritten(row, now))) {
      return false;
    }
    rows.forEach(row -> put(new Item(row.written(), 0)));
    return true;
  }

  public synchronized boolean count(RowKey key, int limit, Instant expires, Instant now) {
    checkKey(key);
    try {
      spend(key.partition(), 0, 1, now);
    } catch (ProvisionedThroughputExceededException e) {
      throw new CountRefusedException();
    }
    Optional<Item> standing = find(key).filter(it -> it.isAlive(now));
    int count = standing.map(Item::count).orElse(0);
    if (count >= limit) {
      return false;
    }
    Row row = standing.map(Item::row).orElseGet(() -> Row.fresh(key, expires, Map.of()).written());
    put(new Item(Row.stored(key, row.version(), expires, row.fields()), count + 1));
    return true;
  }

  /** Every row, whether it has expired or not, in the order of the keys. */
  public synchronized List<Row> all() {
    return partitions.values().stream()
        .flatMap(partition -> partition.values().stream())
        .map(Item::row)
        .toList();
  }

  /** The row, whether it has expired or not. */
  public synchronized Optional<Row> remembered(RowKey key) {
    return find(key).map(Item::row);
  }

  public synchronized void clear() {
    partitions.clear();
    spent.clear();
    limitsThroughput = false;
  }

  private boolean mayBeWritten(Row row, Instant now) {
    Optional<Item> standing = find(row.key());
    return row.isNew()
        ? standing.filter(it -> it.isAlive(now)).isEmpty()
        : standing.filter(it -> it.row().version() == row.version()).isPresent();
  }

  private Optional<Item> find(RowKey key) {
    return Optional.ofNullable(partition(key.partition()).get(key.sort()));
  }

  private TreeMap<String, Item> partition(String name) {
    return partitions.getOrDefault(name, new TreeMap<>(ORDER));
  }

  private void put(Item item) {
    RowKey key = item.row().key();
    partitions.computeIfAbsent(key.partition(), name -> new TreeMap<>(ORDER)).put(key.sort(), item);
  }

  private static void check(List<Row> rows) {
    rows.forEach(row -> checkKey(row.key()));
    if (rows.stream().anyMatch(row -> size(row) > ROW_BYTES)) {
      throw refused("Item size has exceeded the maximum allowed size");
    }
    if (rows.isEmpty() || rows.size() > Rows.MAX_ROWS_PER_WRITE) {
      throw refused("Member must have length between 1 and 100");
    }
    if (rows.stream().map(Row::key).distinct().count() < rows.size()) {
      throw refused("Transaction request cannot include multiple operations on one item");
    }
    if (rows.size() > 1 && rows.stream().mapToInt(MemoryTable::size).sum() > TOGETHER_BYTES) {
      throw refused("Collection size limit exceeded");
    }
  }

  private static void checkKey(RowKey key) {
    int partition = bytes(key.partition()).length;
    int sort = bytes(key.sort()).length;
    if (partition == 0 || sort == 0 || partition > PARTITION_KEY_BYTES || sort > SORT_KEY_BYTES) {
      throw refused("One or more parameter values were invalid: a key");
    }
  }

  private void spend(String partition, int reads, int writes, Instant now) {
    Spent before = spent.getOrDefault(partition, new Spent(now.getEpochSecond(), 0, 0));
    boolean isSame = before.second() == now.getEpochSecond();
    Spent after =
        new Spent(
            now.getEpochSecond(),
            reads + (isSame ? before.reads() : 0),
            writes + (isSame ? before.writes() : 0));
    if (limitsThroughput
        && isSame
        && (after.reads() > READS_A_SECOND || after.writes() > WRITES_A_SECOND)) {
      throw throttled();
    }
    spent.put(partition, after);
  }

  private static int units(int bytes, int kilobytes) {
    return Math.max(1, (bytes + kilobytes * KB - 1) / (kilobytes * KB));
  }

  /** The size of a row in bytes, as DynamoDB counts it: names and values. */
  private static int size(Row row) {
    int fields =
        row.fields().entrySet().stream()
            .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
            .mapToInt(text -> bytes(text).length)
            .sum();
    int names = "pkskversionexpiresfields".length();
    int numbers = 11 + 6;
    int map = 3 + row.fields().size();
    RowKey key = row.key();
    return names
        + numbers
        + map
        + fields
        + bytes(key.partition()).length
        + bytes(key.sort()).length;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ProvisionedThroughputExceededException throttled() {
    return ProvisionedThroughputExceededException.builder()
        .message("throttled")
        .statusCode(400)
        .build();
  }

  private static DynamoDbException refused(String why) {
    return (DynamoDbException)
        DynamoDbException.builder()
            .message(why)
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("ValidationException")
                    .errorMessage(why)
                    .build())
            .build();
  }
}
