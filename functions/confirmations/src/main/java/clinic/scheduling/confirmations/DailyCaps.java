package clinic.scheduling.confirmations;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.MessageCaps;
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

  private final Rows rows;
  private final MessageCaps caps;
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
   * counted again.
   *
   * @param name its ledger row
   * @return until when it has to wait; empty if it may go out
   */
  Optional<Instant> count(Channel channel, Receiver receiver, RowKey name) {
    RowKey counted = new RowKey(name.partition(), "counted#" + name.sort() + "#" + today());
    if (rows.read(counted).isPresent()) {
      return Optional.empty();
    }
    Optional<Instant> until = count(channel, receiver);
    if (until.isEmpty()) {
      rows.write(Row.fresh(counted, clock.instant().plus(KEPT), Map.of()));
    }
    return until;
  }

  private Optional<Instant> count(Channel channel, Receiver receiver) {
    boolean isText = channel == Channel.SMS;
    int own = isText ? caps.smsPerContactPerDay() : caps.emailsPerContactPerDay();
    int all = isText ? caps.smsPerDay() : caps.emailsPerDay();
    if (!countOne("limit#contact-" + receiver.contact(), "sent", cap(own, receiver))) {
      log.warn("contact-cap-reached", "channel", channel.word());
      return Optional.of(clock.instant().plus(WAIT));
    }
    String everybody = "limit#messages-" + channel.word();
    if (!countOne(everybody, "sent", cap(all, receiver))) {
      log.error("message-cap-reached", "channel", channel.word(), "cap", all);
      return Optional.of(clock.instant().plus(WAIT));
    }
    if (!countOne(everybody, "near", Math.max(1, (int) (all * NEAR)))) {
      log.warn("message-cap-near", "channel", channel.word(), "cap", all);
    }
    return Optional.empty();
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
