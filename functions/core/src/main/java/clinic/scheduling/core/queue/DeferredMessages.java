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
 * Stores message requests that have to wait longer than SQS can delay a message, for example until
 * the morning (docs/facts/aws.md 2, docs/decisions/0029). When the time of a request has come, the
 * scheduled run of the reminders sends it to the queue again and then removes it. The requests of
 * one hour are spread over four partitions, called shelves, which are read page by page. If a
 * request is stored or sent twice, its message key prevents a second message.
 */
public final class DeferredMessages {
  /** How long a request is kept, and how far back the reminders run looks for it. */
  public static final Duration KEPT = Duration.ofDays(7);

  private static final int SHELVES = 4;

  /** The requests of one page: as many as one write can remove. */
  private static final int PAGE = Rows.MAX_ROWS_PER_WRITE;

  private static final int MOST_PAGES = 1_000;

  private final Rows rows;
  private final Clock clock;

  public DeferredMessages(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** A due request and its row. */
  public record DueMessage(PatientMessage request, Row row) {}

  /** Stores the request until its time has come. */
  public void put(PatientMessage request, Instant until) {
    String name = request.messageKey() + "#" + until.truncatedTo(ChronoUnit.MINUTES);
    RowKey key = new RowKey(shelf(until, shelfOf(request.messageKey())), name);
    if (rows.read(key).isEmpty()) {
      rows.write(Row.fresh(key, clock.instant().plus(KEPT), fields(request, until)));
    }
  }

  /**
   * Hands over the requests whose time came after {@code from} and not after {@code to}, page by
   * page. Requests that were removed already are left out.
   *
   * @param from the start of the search; a time more than {@link #KEPT} before {@code to} counts as
   *     that long before
   * @param take gets one page of requests; if it returns false, no further page is handed over
   * @return whether all were handed over
   */
  public boolean handOver(Instant from, Instant to, Predicate<List<DueMessage>> take) {
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

  /** Reads at most 100,000 requests of one shelf. The next run reads those that remain. */
  private boolean handOver(String shelf, Predicate<Row> isDue, Predicate<List<DueMessage>> take) {
    Optional<String> next = Optional.of("");
    for (int pages = 0; pages < MOST_PAGES && next.isPresent(); pages++) {
      RowPage page = rows.page(shelf, "", next.get(), PAGE);
      List<DueMessage> due =
          page.rows().stream().filter(isDue).flatMap(row -> requestOf(row).stream()).toList();
      if (!due.isEmpty() && !take.test(due)) {
        return false;
      }
      next = page.next();
    }
    return next.isEmpty();
  }

  /**
   * Removes a page of requests that were sent. If another run removes them at the same time, or
   * this run dies, the requests that remain are sent once more.
   */
  public void remove(List<DueMessage> sent) {
    Instant now = clock.instant();
    rows.write(sent.stream().map(one -> one.row().next(now, one.row().fields())).toList());
  }

  private static boolean isBetween(Row row, Instant from, Instant to) {
    return row.field("until")
        .map(Instants::parse)
        .filter(until -> until.isAfter(from) && !until.isAfter(to))
        .isPresent();
  }

  private static Optional<DueMessage> requestOf(Row row) {
    return row.field("change")
        .flatMap(Change::of)
        .map(
            change ->
                new DueMessage(
                    PatientMessage.of(
                        row.field("appointment").orElse(""),
                        change,
                        row.field("messageKey").orElse(""),
                        row.field("correlation").orElse(null)),
                    row));
  }

  private static Map<String, String> fields(PatientMessage request, Instant until) {
    Map<String, String> fields = new HashMap<>();
    fields.put("appointment", request.appointment());
    fields.put("change", request.change());
    fields.put("messageKey", request.messageKey());
    fields.put("until", until.toString());
    Optional.ofNullable(request.correlation()).ifPresent(id -> fields.put("correlation", id));
    return fields;
  }

  private static String shelf(Instant hour, int number) {
    return "waiting#" + hour.truncatedTo(ChronoUnit.HOURS) + "#" + number;
  }

  private static int shelfOf(String messageKey) {
    return Integer.parseInt(Digest.of(messageKey).substring(0, 1), 16) % SHELVES;
  }
}
