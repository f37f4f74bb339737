package clinic.scheduling.core.queue;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Orders of messages that wait for a time of day: longer than a queue can hold them back. Written
 * by whoever finds that it is too early, ordered again by the reminders run, which then takes them
 * off. However many wait for one hour, they are read page by page. An order that is put here or
 * taken twice is the same order; its name sees to the rest.
 */
public final class DeferredMessages {
  /** So long an order is kept, and so far back it is looked for. */
  public static final Duration KEPT = Duration.ofDays(7);

  private static final int SHELVES = 4;

  /** As many as can be taken off by one write. */
  private static final int PAGE = Rows.TOGETHER;

  private static final int MOST_PAGES = 1_000;

  private final Rows rows;
  private final Clock clock;

  public DeferredMessages(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** An order whose time has come, and its row. */
  public record Rested(PatientMessage order, Row row) {}

  /** Keeps the order until then. */
  public void put(PatientMessage order, Instant until) {
    String name = order.messageKey() + "#" + until.truncatedTo(ChronoUnit.MINUTES);
    RowKey key = new RowKey(shelf(until, shelfOf(order.messageKey())), name);
    if (rows.read(key).isEmpty()) {
      rows.write(Row.fresh(key, clock.instant().plus(KEPT), fields(order, until)));
    }
  }

  /**
   * Hands over the orders whose time came after {@code from} and not after {@code to}, a page at a
   * time, without those that were taken off.
   *
   * @param from no longer ago than orders are kept
   * @param take whether it goes on; what was taken so far stays taken
   * @return whether there is no more of them
   */
  public boolean handOver(Instant from, Instant to, Predicate<List<Rested>> take) {
    Instant earliest = to.minus(KEPT);
    Instant first = from.isBefore(earliest) ? earliest : from;
    Instant last = to.truncatedTo(ChronoUnit.HOURS);
    Instant hour = first.truncatedTo(ChronoUnit.HOURS);
    for (; !hour.isAfter(last); hour = hour.plus(1, ChronoUnit.HOURS)) {
      for (int number = 0; number < SHELVES; number++) {
        if (!handOver(shelf(hour, number), row -> isBetween(row, first, to), take)) {
          return false;
        }
      }
    }
    return true;
  }

  /** A shelf of more than a hundred thousand is gone on with by the next run. */
  private boolean handOver(String shelf, Predicate<Row> isDue, Predicate<List<Rested>> take) {
    Optional<String> next = Optional.of("");
    for (int pages = 0; pages < MOST_PAGES && next.isPresent(); pages++) {
      RowPage page = rows.page(shelf, "", next.get(), PAGE);
      List<Rested> due =
          page.rows().stream().filter(isDue).flatMap(row -> order(row).stream()).toList();
      if (!due.isEmpty() && !take.test(due)) {
        return false;
      }
      next = page.next();
    }
    return next.isEmpty();
  }

  /**
   * A page of them has been ordered. What stays behind, because another run is at it or this one
   * dies, is ordered once more.
   */
  public void takeOff(List<Rested> ordered) {
    Instant now = clock.instant();
    rows.write(ordered.stream().map(one -> one.row().next(now, one.row().fields())).toList());
  }

  private static boolean isBetween(Row row, Instant from, Instant to) {
    return row.field("until")
        .map(Instants::parse)
        .filter(until -> until.isAfter(from) && !until.isAfter(to))
        .isPresent();
  }

  private static Optional<Rested> order(Row row) {
    return row.field("change")
        .flatMap(Change::of)
        .map(
            change ->
                new Rested(
                    PatientMessage.of(
                        row.field("appointment").orElse(""),
                        change,
                        row.field("messageKey").orElse(""),
                        row.field("correlation").orElse(null)),
                    row));
  }

  private static Map<String, String> fields(PatientMessage order, Instant until) {
    Map<String, String> fields = new HashMap<>();
    fields.put("appointment", order.appointment());
    fields.put("change", order.change());
    fields.put("messageKey", order.messageKey());
    fields.put("until", until.toString());
    Optional.ofNullable(order.correlation()).ifPresent(id -> fields.put("correlation", id));
    return fields;
  }

  private static String shelf(Instant hour, int number) {
    return "waiting#" + hour.truncatedTo(ChronoUnit.HOURS) + "#" + number;
  }

  private static int shelfOf(String messageKey) {
    return Integer.parseInt(Digest.of(messageKey).substring(0, 1), 16) % SHELVES;
  }
}
