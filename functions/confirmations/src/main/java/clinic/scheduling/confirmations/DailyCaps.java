package clinic.scheduling.confirmations;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Messages;
import clinic.scheduling.core.practice.Practice;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * How many messages go out in a day, to everybody and to one contact point. Counted in one step of
 * the table before each message is claimed, so that any number of workers at once send no more than
 * that. What is beyond waits for an hour and is then asked about anew, until the day is over or the
 * practice has raised its cap; a cancellation has a quarter more, for a patient would set out.
 */
@Singleton
final class DailyCaps {
  private static final Duration WAIT = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofDays(2);
  private static final double NEAR = 0.8;
  private static final double FOR_CANCELLATIONS = 1.25;

  /** Of a message that its contact point has room for and the day of all has not. */
  private static final String WAITS = "waits";

  private final Rows rows;
  private final Messages.Caps caps;
  private final Practice practice;
  private final Clock clock;
  private final Log log = Log.of(SendMessage.class);

  @Inject
  DailyCaps(Rows rows, Practice practice, Clock clock) {
    this.rows = rows;
    this.caps = practice.messages().caps();
    this.practice = practice;
    this.clock = clock;
  }

  /**
   * Whom a message goes to.
   *
   * @param contact {@link Contacts#name}
   * @param isCancellation whether it says that a visit does not take place
   */
  record Receiver(String contact, boolean isCancellation) {}

  /**
   * Counts one message that is about to be sent; one that is tried again on the same day is not
   * counted again, neither for its contact point, if it waits for the cap of all, nor for all.
   *
   * @param name its ledger row
   * @return until when it has to wait; empty if it may go out
   */
  Optional<Instant> count(Channel channel, Receiver receiver, RowKey name) {
    RowKey counted = new RowKey(name.partition(), "counted#" + name.sort() + "#" + today());
    Optional<Row> before = rows.read(counted);
    boolean waits = before.flatMap(row -> row.field(WAITS)).isPresent();
    if (before.isPresent() && !waits) {
      return Optional.empty();
    }
    if (!waits && !isWithinOwn(channel, receiver)) {
      return Optional.of(clock.instant().plus(WAIT));
    }
    boolean goes = isWithinAll(channel, receiver);
    Map<String, String> fields = goes ? Map.of() : Map.of(WAITS, "all");
    Instant expires = clock.instant().plus(KEPT);
    rows.write(
        before
            .map(row -> row.next(expires, fields))
            .orElseGet(() -> Row.fresh(counted, expires, fields)));
    return goes ? Optional.empty() : Optional.of(clock.instant().plus(WAIT));
  }

  private boolean isWithinOwn(Channel channel, Receiver receiver) {
    int own = channel == Channel.SMS ? caps.smsPerContactPerDay() : caps.emailsPerContactPerDay();
    boolean room = countOne("limit#contact-" + receiver.contact(), "sent", cap(own, receiver));
    if (!room) {
      log.warn("contact-cap-reached", "channel", channel.word());
    }
    return room;
  }

  private boolean isWithinAll(Channel channel, Receiver receiver) {
    int all = channel == Channel.SMS ? caps.smsPerDay() : caps.emailsPerDay();
    String everybody = "limit#messages-" + channel.word();
    if (!countOne(everybody, "sent", cap(all, receiver))) {
      log.error("message-cap-reached", "channel", channel.word(), "cap", all);
      return false;
    }
    if (!countOne(everybody, "near", Math.max(1, (int) (all * NEAR)))) {
      log.warn("message-cap-near", "channel", channel.word(), "cap", all);
    }
    return true;
  }

  private static int cap(int usual, Receiver receiver) {
    return receiver.isCancellation() ? (int) Math.ceil(usual * FOR_CANCELLATIONS) : usual;
  }

  private boolean countOne(String partition, String what, int cap) {
    return rows.count(new RowKey(partition, what + "#" + today()), cap, clock.instant().plus(KEPT));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), practice.locations().get(0).zone());
  }
}
