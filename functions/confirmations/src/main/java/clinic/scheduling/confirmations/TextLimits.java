package clinic.scheduling.confirmations;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowBusyException;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Messages;
import clinic.scheduling.core.practice.Practice;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * How many text messages a number gets, over all its visits: so many in a day of the patient, so
 * many in seven days. Each message is counted by its name once it went out or may have, so that a
 * repeat does not count twice, and none counts that waits.
 */
@Singleton
final class TextLimits {
  private static final String SENT = "sent-";
  private static final String VISIT = "visit";
  private static final int WEEK = 7;
  private static final Duration KEPT = Duration.ofDays(60);

  private final Log log = Log.of(SendMessage.class);
  private final Rows rows;
  private final Clock clock;
  private final Messages messages;

  @Inject
  TextLimits(Rows rows, Clock clock, Practice practice) {
    this.rows = rows;
    this.clock = clock;
    this.messages = practice.messages();
  }

  /** Whether this message would be one too many. */
  boolean isReached(String contact, MessageRequest order, ZoneId home) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), home);
    Map<String, LocalDate> sent = sent(rows.read(key(contact)), today);
    sent.remove(name(order));
    long day = sent.values().stream().filter(today::equals).count();
    return day >= messages.smsPerDay() || sent.size() >= messages.smsPerWeek();
  }

  /**
   * Counts the message, and remembers whose visit the number was last told about. If that fails it
   * is logged alone: what went out must not be in doubt for it.
   */
  void count(String contact, MessageRequest order, ZoneId home) {
    try {
      add(contact, order, LocalDate.ofInstant(clock.instant(), home));
    } catch (RowBusyException e) {
      log.warn("text-not-counted", "message", order.key(), "code", "contended");
    } catch (UnavailableException | SdkException e) {
      log.warn("text-not-counted", "message", order.key(), "code", e.getClass().getSimpleName());
    }
  }

  private void add(String contact, MessageRequest order, LocalDate today) {
    rows.update(
        key(contact),
        row -> {
          Map<String, LocalDate> sent = sent(Optional.of(row), today);
          sent.put(name(order), today);
          Map<String, String> fields = new HashMap<>();
          sent.forEach((name, day) -> fields.put(name, day.toString()));
          fields.put(VISIT, order.root());
          return Optional.of(row.next(clock.instant().plus(KEPT), fields));
        });
  }

  /** The visit that the number was last told about. */
  Optional<String> lastVisit(String contact) {
    return rows.read(key(contact)).flatMap(row -> row.field(VISIT));
  }

  private static Map<String, LocalDate> sent(Optional<Row> row, LocalDate today) {
    Map<String, LocalDate> sent = new HashMap<>();
    row.map(Row::fields)
        .orElse(Map.of())
        .forEach(
            (name, day) -> {
              if (name.startsWith(SENT) && LocalDate.parse(day).isAfter(today.minusDays(WEEK))) {
                sent.put(name, LocalDate.parse(day));
              }
            });
    return sent;
  }

  private static String name(MessageRequest order) {
    return SENT + Digest.of(order.key());
  }

  private static RowKey key(String contact) {
    return new RowKey("contact#" + contact, "texts");
  }
}
