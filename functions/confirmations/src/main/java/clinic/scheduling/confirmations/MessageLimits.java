package clinic.scheduling.confirmations;

import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.MessageRequest;
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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Limits how many messages are sent. There are two rules, both set in the practice document.
 *
 * <p>The limits of texts ({@code smsPerDay}, {@code smsPerWeek}) protect a patient from too many
 * texts. Beyond the limit, a reminder by text is omitted, and a text about a change is omitted if a
 * mail about it reaches the patient. A text is counted after it was sent or may have been sent.
 *
 * <p>The caps ({@code caps}) keep a fault of ours or an abuser from causing messages without end:
 *
 * <ul>
 *   <li>A message is counted before it is claimed. The table counts in one step, so workers that
 *       run at the same time cannot exceed the cap together.
 *   <li>A message beyond the cap waits for an hour and is then decided again. This repeats until a
 *       new day begins or the practice raises the cap.
 *   <li>For cancellations, the cap is a quarter higher. A patient who is not told of a cancellation
 *       would travel to the clinic for nothing.
 * </ul>
 */
@Singleton
final class MessageLimits {
  private static final String SENT = "sent-";
  private static final String VISIT = "visit";
  private static final int WEEK = 7;
  private static final Duration TEXTS_KEPT = Duration.ofDays(60);

  private static final Duration WAIT = Duration.ofHours(1);
  private static final Duration CAPS_KEPT = Duration.ofDays(2);
  private static final double WARNING_SHARE = 0.8;
  private static final double CANCELLATION_FACTOR = 1.25;

  /**
   * Marks a message that is within the cap of its contact point but beyond the cap of the practice.
   */
  private static final String WAITS = "waits";

  private final Rows rows;
  private final Messages messages;
  private final Messages.Caps caps;
  private final ZoneId practiceZone;
  private final Clock clock;
  private final Log log = Log.of(MessageLimits.class);

  @Inject
  MessageLimits(Rows rows, Practice practice, Clock clock) {
    this.rows = rows;
    this.messages = practice.messages();
    this.caps = practice.messages().caps();
    this.practiceZone = practice.locations().get(0).zone();
    this.clock = clock;
  }

  /**
   * Whether the number has reached its limit of texts, counted over all visits. The message itself
   * is not counted, in case this is a retry.
   *
   * @param contact the {@code Contacts.name} of the number
   * @param home the zone in which the patient's days begin
   */
  boolean isTextLimitReached(String contact, MessageRequest request, ZoneId home) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), home);
    Map<String, LocalDate> sent = sent(rows.read(textsKey(contact)), today);
    sent.remove(name(request));
    long day = sent.values().stream().filter(today::equals).count();
    return day >= messages.smsPerDay() || sent.size() >= messages.smsPerWeek();
  }

  /**
   * Counts a text and remembers which visit the number was last told about. A repeat of the same
   * message does not count again. If counting fails, we only log the failure: the text was sent,
   * and an exception would make its outcome unknown.
   */
  void countText(String contact, MessageRequest request, ZoneId home) {
    try {
      addText(contact, request, LocalDate.ofInstant(clock.instant(), home));
    } catch (RowBusyException e) {
      log.warn("text-not-counted", "message", request.key(), "code", "contended");
    } catch (UnavailableException | SdkException e) {
      log.warn("text-not-counted", "message", request.key(), "code", e.getClass().getSimpleName());
    }
  }

  private void addText(String contact, MessageRequest request, LocalDate today) {
    rows.update(
        textsKey(contact),
        row -> {
          Map<String, LocalDate> sent = sent(Optional.of(row), today);
          sent.put(name(request), today);
          Map<String, String> fields = new HashMap<>();
          sent.forEach((name, day) -> fields.put(name, day.toString()));
          fields.put(VISIT, request.root());
          return Optional.of(row.next(clock.instant().plus(TEXTS_KEPT), fields));
        });
  }

  /** The visit that the number was last told about. */
  Optional<String> lastTextedVisit(String contact) {
    return rows.read(textsKey(contact)).flatMap(row -> row.field(VISIT));
  }

  /**
   * The texts of the last seven days. The key is the field that names the message, the value is the
   * day of the text.
   */
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

  private static String name(MessageRequest request) {
    return SENT + Digest.of(request.key());
  }

  private static RowKey textsKey(String contact) {
    return new RowKey("contact#" + contact, "texts");
  }

  /**
   * Counts one message that is about to be sent against the caps. A message is counted once a day:
   *
   * <ul>
   *   <li>A retry on the same day is not counted again.
   *   <li>A message that waits for the practice's cap is not counted again for its contact point.
   * </ul>
   *
   * @param contact the {@code Contacts.name} of the recipient's contact point
   * @param isCancellation whether the message says that the visit is cancelled
   * @param message the message's ledger row
   * @return the time until which the message has to wait; empty if it may be sent now
   */
  Optional<Instant> count(Channel channel, String contact, boolean isCancellation, RowKey message) {
    RowKey counted = new RowKey(message.partition(), "counted#" + message.sort() + "#" + today());
    Optional<Row> before = rows.read(counted);
    boolean waits = before.flatMap(row -> row.field(WAITS)).isPresent();
    if (before.isPresent() && !waits) {
      return Optional.empty();
    }
    if (!waits && !isWithinCapOfContact(channel, contact, isCancellation)) {
      return Optional.of(clock.instant().plus(WAIT));
    }
    boolean isWithinPracticeCap = isWithinCapOfPractice(channel, isCancellation);
    Map<String, String> fields = isWithinPracticeCap ? Map.of() : Map.of(WAITS, "all");
    Instant expires = clock.instant().plus(CAPS_KEPT);
    rows.write(
        before
            .map(row -> row.next(expires, fields))
            .orElseGet(() -> Row.fresh(counted, expires, fields)));
    return isWithinPracticeCap ? Optional.empty() : Optional.of(clock.instant().plus(WAIT));
  }

  /**
   * Counts a code that is about to be sent. Anybody can ask for codes, so they may use only half of
   * the practice's cap: the other messages to patients go out all the same. BookAppointment counts
   * the codes of each contact point.
   *
   * @return false if the code must not be sent
   */
  boolean countCode(Channel channel) {
    int all = channel == Channel.SMS ? caps.smsPerDay() : caps.emailsPerDay();
    int half = Math.max(1, all / 2);
    if (!countOne("limit#messages-" + channel.word(), "codes", half)) {
      log.error("code-cap-reached", "channel", channel.word(), "cap", half);
      return false;
    }
    return isWithinCapOfPractice(channel, false);
  }

  private boolean isWithinCapOfContact(Channel channel, String contact, boolean isCancellation) {
    int own = channel == Channel.SMS ? caps.smsPerContactPerDay() : caps.emailsPerContactPerDay();
    boolean isWithinCap = countOne("limit#contact-" + contact, "sent", cap(own, isCancellation));
    if (!isWithinCap) {
      log.warn("contact-cap-reached", "channel", channel.word());
    }
    return isWithinCap;
  }

  private boolean isWithinCapOfPractice(Channel channel, boolean isCancellation) {
    int all = channel == Channel.SMS ? caps.smsPerDay() : caps.emailsPerDay();
    String practicePartition = "limit#messages-" + channel.word();
    if (!countOne(practicePartition, "sent", cap(all, isCancellation))) {
      log.error("message-cap-reached", "channel", channel.word(), "cap", all);
      return false;
    }
    if (!countOne(practicePartition, "near", Math.max(1, (int) (all * WARNING_SHARE)))) {
      log.warn("message-cap-near", "channel", channel.word(), "cap", all);
    }
    return true;
  }

  private static int cap(int usual, boolean isCancellation) {
    return isCancellation ? (int) Math.ceil(usual * CANCELLATION_FACTOR) : usual;
  }

  private boolean countOne(String partition, String what, int cap) {
    return rows.count(
        new RowKey(partition, what + "#" + today()), cap, clock.instant().plus(CAPS_KEPT));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), practiceZone);
  }
}
