package clinic.scheduling.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every table promises and refuses. There is a subclass for each store. */
public abstract class RowsContract {
  private final String partition = "contract#" + UUID.randomUUID();
  private final AtomicInteger passed = new AtomicInteger();

  protected abstract Rows rows();

  /** The clock that decides which rows have expired. */
  protected abstract Clock clock();

  protected abstract void pass(Duration time);

  /** Runs all calls at once, unless the store takes only one call at a time. */
  protected <T> List<T> together(int callers, Callable<T> work) throws Exception {
    return LedgerContract.together(callers, work);
  }

  /** A new row in the partition of this test. */
  protected final Row row(String sort, Map<String, String> fields) {
    return Row.fresh(new RowKey(partition, sort), soon(), fields);
  }

  protected final Instant soon() {
    return clock().instant().plusSeconds(3_600);
  }

  @Test
  void moreRowsThanAPageAreReadByPrefixInTheOrderOfTheirKeys() {
    writeMany("request#", 1_100);
    rows().write(row("calendar#one", Map.of()));
    rows().write(row("requests", Map.of()));
    rows().write(row("turn", Map.of()));

    List<String> all = sorts(rows().readStartingWith(partition, "request#", 2_000));

    assertThat(all).hasSize(1_100).isSorted().allMatch(sort -> sort.startsWith("request#"));
    assertThat(sorts(rows().readStartingWith(partition, "calendar#", 10)))
        .as("what others have written there does not matter")
        .containsExactly("calendar#one");
    assertThat(sorts(rows().readStartingWith(partition, "", 2_000)))
        .hasSize(1_103)
        .startsWith("calendar#one")
        .endsWith("requests", "turn");
    assertThat(rows().readStartingWith(partition, "nothing", 1)).isEmpty();
  }

  @Test
  void moreThanWasStatedIsAnError() {
    writeMany("a", 21);

    assertThat(rows().readStartingWith(partition, "a", 21)).hasSize(21);
    assertThatThrownBy(() -> rows().readStartingWith(partition, "a", 20))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepeat() {
    writeMany("a", 25);

    List<String> seen = new ArrayList<>();
    Optional<String> next = Optional.of("");
    for (int page = 0; page < 25 && next.isPresent(); page++) {
      RowPage one = rows().page(partition, "a", next.get(), 10);
      assertThat(one.rows()).hasSizeLessThanOrEqualTo(10);
      seen.addAll(sorts(one.rows()));
      next = one.next();
    }

    assertThat(next).isEmpty();
    assertThat(seen).hasSize(25).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aReadOfMoreThanAMegabyteIsSeveralPages() {
    String text = "x".repeat(300_000);
    for (int i = 0; i < 5; i++) {
      rows().write(row("large-" + i, Map.of("x", text)));
      pass(Duration.ofSeconds(1));
    }

    assertThat(rows().page(partition, "large", "", 1_000).next()).isPresent();
    assertThat(rows().readStartingWith(partition, "large", 5)).hasSize(5);
  }

  @Test
  void expiredRowsAreNotReadAndDoNotCount() {
    for (int i = 0; i < 30; i++) {
      Row row = row("a" + (char) ('a' + i % 26) + i, Map.of());
      rows().write(row.next(clock().instant().plusSeconds(i % 3 == 0 ? 3_600 : 10), Map.of()));
    }
    pass(Duration.ofSeconds(10));

    assertThat(rows().readStartingWith(partition, "a", 10)).hasSize(10);
  }

  @Test
  void aRowIsSoLargeAtMost() {
    assertThat(rows().write(row("large", Map.of("x", "x".repeat(400_000))))).isTrue();

    Row tooLarge = row("too-large", Map.of("x", "x".repeat(410_000)));
    assertThatThrownBy(() -> rows().write(tooLarge)).isInstanceOf(RuntimeException.class);
    assertThat(rows().read(tooLarge.key())).isEmpty();
  }

  @Test
  void soManyRowsAreWrittenTogetherAtMost() {
    assertThat(rows().write(many("a", 100))).isTrue();

    assertThatThrownBy(() -> rows().write(many("b", 101))).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> rows().write(List.of())).isInstanceOf(RuntimeException.class);
    assertThat(rows().readStartingWith(partition, "b", 200)).isEmpty();
  }

  @Test
  void rowsWrittenTogetherAreSoLargeAtMost() {
    List<Row> large =
        IntStream.range(0, 12)
            .mapToObj(i -> row("large-" + i, Map.of("x", "x".repeat(390_000))))
            .toList();

    assertThatThrownBy(() -> rows().write(large)).isInstanceOf(RuntimeException.class);
    assertThat(rows().read(large.get(0).key())).isEmpty();
  }

  @Test
  void oneRowIsNotWrittenTwiceAtOnce() {
    List<Row> twice = List.of(row("a", Map.of("x", "1")), row("a", Map.of("x", "2")));

    assertThat(isWritten(twice)).isFalse();
    assertThat(rows().read(twice.get(0).key())).isEmpty();
  }

  /**
   * Whether the write succeeded. AWS throws an exception where a stand-in for it may return false.
   */
  private boolean isWritten(List<Row> rows) {
    try {
      return rows().write(rows);
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Test
  void aKeyIsNeverEmptyNorTooLong() {
    assertThatThrownBy(() -> rows().write(row("", Map.of()))).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> rows().write(row("x".repeat(1_025), Map.of())))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void aHundredAndMoreRowsAreReadAtOnce() {
    List<Row> many = many("a", 100);
    rows().write(many);
    List<RowKey> keys = new ArrayList<>(many.stream().map(Row::key).toList());
    IntStream.range(0, 50).forEach(i -> keys.add(row("absent-" + i, Map.of()).key()));

    assertThat(rows().readAll(keys)).hasSize(100);
  }

  /** DynamoDB returns at most 16 MB in one response, and leaves the other rows unread. */
  @Test
  void rowsThatAreTooMuchForOneAnswerAreReadAllTheSame() {
    String text = "x".repeat(390_000);
    List<RowKey> keys = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      RowKey key = new RowKey(partition + i % 2, "large-" + i);
      rows().write(Row.fresh(key, soon(), Map.of("x", text)));
      pass(Duration.ofSeconds(1));
      keys.add(key);
    }

    assertThat(rows().readAll(keys)).extracting(Row::key).containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void aVersionThatWasSeenOnceNeverComesBack() {
    Set<Long> seen = new HashSet<>();
    int writes = 0;
    for (int life = 0; life < 20; life++) {
      Row row = row("short", Map.of());
      for (int i = 0; i < 3; i++) {
        assertThat(rows().write(row.next(clock().instant().plusSeconds(30), Map.of()))).isTrue();
        Row standing = rows().read(row.key()).orElseThrow();
        assertThat(standing.version()).isEqualTo(row.written().version());
        seen.add(standing.version());
        writes++;
        row = standing;
      }
      pass(Duration.ofSeconds(31));
    }

    assertThat(seen).hasSize(writes);
  }

  @Test
  void theRowThatAWriterExpectsIsTheRowThatStands() {
    Row first = row("a", Map.of("x", "1"));
    rows().write(first);
    Row second = first.written().next(soon(), Map.of("x", "2"));

    assertThat(rows().write(second)).isTrue();
    assertThat(rows().write(second)).as("the same write again").isFalse();
    assertThat(rows().write(second.written().next(soon(), Map.of("x", "3")))).isTrue();
  }

  @Test
  void noneOfManyChangesAtOnceIsLost() throws Exception {
    RowKey key = row("updated", Map.of()).key();

    List<Boolean> written = together(16, () -> rows().update(key, this::oneMore).isPresent());

    assertThat(written).hasSize(16).containsOnly(true);
    assertThat(rows().read(key).flatMap(row -> row.field("n"))).contains("16");
  }

  private Optional<Row> oneMore(Row row) {
    int n = row.field("n").map(Integer::parseInt).orElse(0);
    return Optional.of(row.next(soon(), Map.of("n", Integer.toString(n + 1))));
  }

  @Test
  void aRowThatAChangeLeavesIsNotWritten() {
    Row before = row("left", Map.of("x", "1"));
    rows().write(before);

    assertThat(rows().update(before.key(), row -> Optional.empty())).isEmpty();
    assertThat(rows().read(before.key()).map(Row::version)).contains(before.version());
    RowKey absent = row("absent", Map.of()).key();
    assertThat(rows().update(absent, row -> Optional.empty())).isEmpty();
    assertThat(rows().read(absent)).isEmpty();
  }

  @Test
  void aRowThatOthersWriteWithoutEndIsGivenUp() {
    RowKey key = row("busy", Map.of()).key();
    AtomicInteger tries = new AtomicInteger();

    assertThatThrownBy(
            () ->
                rows()
                    .update(
                        key,
                        mine -> {
                          tries.incrementAndGet();
                          rows().update(key, this::oneMore);
                          return Optional.of(mine.next(soon(), Map.of("n", "mine")));
                        }))
        .isInstanceOf(RowBusyException.class);
    assertThat(tries).hasValue(Rows.TRIES);
    assertThat(rows().read(key).flatMap(row -> row.field("n"))).contains("" + Rows.TRIES);
  }

  @Test
  void rowsThatChangeTogetherAreWrittenAllOrNone() {
    RowKey one = row("one", Map.of()).key();
    RowKey two = row("two", Map.of()).key();
    AtomicInteger tries = new AtomicInteger();

    List<Row> written =
        rows()
            .updateAll(
                List.of(one, two),
                both -> {
                  if (tries.incrementAndGet() == 1) {
                    rows().update(two, this::oneMore);
                  }
                  return both.stream().flatMap(row -> oneMore(row).stream()).toList();
                });

    assertThat(tries).hasValue(2);
    assertThat(written).extracting(row -> row.field("n").orElse("")).containsExactly("1", "2");
    assertThat(rows().readAll(List.of(one, two)))
        .usingRecursiveFieldByFieldElementComparatorOnFields("key", "version", "fields")
        .containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void ofManyWhoCountAtOnceAsManyAreCountedAsTheLimitSays() throws Exception {
    RowKey key = row("count", Map.of()).key();

    List<Boolean> counted = together(32, () -> manyTimes(8, key, 100));

    assertThat(counted).hasSize(32);
    assertThat(passed.get()).isEqualTo(100);
    assertThat(rows().count(key, 100, soon())).isFalse();
    assertThat(rows().count(key, 101, soon())).isTrue();
  }

  private boolean manyTimes(int times, RowKey key, int limit) {
    for (int i = 0; i < times; i++) {
      passed.addAndGet(rows().count(key, limit, soon()) ? 1 : 0);
    }
    return true;
  }

  @Test
  void aCountThatHasEndedBeginsAnew() throws Exception {
    RowKey key = row("count", Map.of()).key();
    Instant end = clock().instant().plusSeconds(10);
    assertThat(rows().count(key, 1, end)).isTrue();
    assertThat(rows().count(key, 1, end)).isFalse();
    pass(Duration.ofSeconds(11));

    together(16, () -> manyTimes(1, key, 3));

    assertThat(passed.get()).isEqualTo(3);
  }

  @Test
  void countsOfOtherRowsAreTheirOwn() {
    assertThat(rows().count(row("one", Map.of()).key(), 1, soon())).isTrue();
    assertThat(rows().count(row("two", Map.of()).key(), 1, soon())).isTrue();
    assertThat(rows().read(row("one", Map.of()).key())).isPresent();
  }

  @Test
  void aRowThatCountedInFieldsBeforeIsCountedOn() {
    rows().write(row("count", Map.of("count", "7")));

    assertThat(rows().count(row("count", Map.of()).key(), 1, soon())).isTrue();
    assertThat(rows().count(row("count", Map.of()).key(), 1, soon())).isFalse();
  }

  private void writeMany(String prefix, int number) {
    List<Row> many = many(prefix, number);
    for (int from = 0; from < number; from += Rows.MAX_ROWS_PER_WRITE) {
      rows().write(many.subList(from, Math.min(from + Rows.MAX_ROWS_PER_WRITE, number)));
      pass(Duration.ofSeconds(1));
    }
  }

  private List<Row> many(String prefix, int number) {
    return IntStream.range(0, number).mapToObj(i -> row(prefix + i, Map.of("x", "1"))).toList();
  }

  private static List<String> sorts(List<Row> rows) {
    return rows.stream().map(row -> row.key().sort()).toList();
  }
}
