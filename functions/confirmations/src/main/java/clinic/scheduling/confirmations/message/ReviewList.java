package clinic.scheduling.confirmations.message;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The list of cases that the clinic should look at:
 *
 * <ul>
 *   <li>messages whose outcome is unknown,
 *   <li>mails that did not arrive,
 *   <li>changes of which no channel could tell the patient,
 *   <li>messages that wait for a daily cap,
 *   <li>suppressed contact points,
 *   <li>answers that a person has to read.
 * </ul>
 *
 * <p>There is one partition for each UTC day, {@code trouble#<day>}. The rows hold ids only and
 * live for 60 days. This system never reads a whole day. The clinic does, page by page.
 */
@Singleton
public final class ReviewList {
  private static final Duration KEPT = Duration.ofDays(60);

  private final Rows rows;
  private final Clock clock;
  private final Log log = Log.of(ReviewList.class);

  @Inject
  public ReviewList(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** Lists a message of which nobody knows whether it was sent. */
  public void doubt(MessageRequest request, Channel channel) {
    write(
        "doubt#" + request.key() + "#" + channel.word(),
        Map.of("visit", request.root(), "channel", channel.word(), "state", "open"));
  }

  /**
   * Marks a listed message as settled: the provider has reported on it.
   *
   * @param since when the unknown outcome was recorded; selects the day of the list
   */
  public void settled(String root, String name, Channel channel, Instant since) {
    RowKey key = new RowKey(partition(since), "doubt#" + root + "#" + name + "#" + channel.word());
    rows.update(
        key,
        row -> {
          Map<String, String> fields = new HashMap<>(row.fields());
          fields.put("state", "settled");
          return row.isNew() ? Optional.empty() : Optional.of(row.next(row.expires(), fields));
        });
  }

  /** Lists a change of which no channel could tell the patient. */
  public void untold(MessageRequest request) {
    if (write("untold#" + request.key(), Map.of("visit", request.root()))) {
      log.warn("patient-untold", "visit", request.root());
    }
  }

  /** Lists a contact point that we no longer write to. */
  public void suppressed(Channel channel, String contact, String why, Optional<String> visit) {
    Map<String, String> fields = new HashMap<>();
    fields.put("channel", channel.word());
    fields.put("why", why);
    visit.ifPresent(root -> fields.put("visit", root));
    write("suppressed#" + contact + "#" + why, fields);
  }

  /** Lists a message that waits for a daily cap. */
  public void capped(MessageRequest request, Channel channel) {
    write(cappedRow(request, channel), Map.of("visit", request.root(), "channel", channel.word()));
  }

  /**
   * Whether the message was listed as waiting for a cap. A waiting message is listed again each
   * day, so it is enough to read today's and yesterday's list.
   */
  public boolean wasCapped(MessageRequest request, Channel channel) {
    Instant now = clock.instant();
    return Stream.of(now, now.minus(Duration.ofDays(1)))
        .map(day -> rows.read(new RowKey(partition(day), cappedRow(request, channel))))
        .anyMatch(Optional::isPresent);
  }

  private static String cappedRow(MessageRequest request, Channel channel) {
    return "capped#" + request.key() + "#" + channel.word();
  }

  /**
   * Lists a mail that has not arrived, or has not arrived yet.
   *
   * @param message the message key; for a mail without one, the id that SES gave it
   * @param why a fixed word
   */
  public void mailNotArrived(String message, Optional<String> visit, String why) {
    Map<String, String> fields = new HashMap<>();
    fields.put("channel", Channel.EMAIL.word());
    fields.put("why", why);
    visit.ifPresent(root -> fields.put("visit", root));
    write("mail#" + message + "#" + why, fields);
  }

  /**
   * Lists an answer to a text message that a person has to read. Call this before the answer is
   * written into the chart, so that it is listed even if the write fails. Call it again after the
   * write.
   *
   * @param charted whether the text of the answer is in the chart
   */
  public void toRead(String answer, String contact, Optional<String> visit, boolean charted) {
    Map<String, String> fields = new HashMap<>();
    fields.put("channel", Channel.SMS.word());
    fields.put("contact", contact);
    fields.put("answer", answer);
    visit.ifPresent(root -> fields.put("visit", root));
    fields.put("charted", Boolean.toString(charted));
    RowKey key = new RowKey(partition(clock.instant()), "answer#" + contact + "#" + answer);
    Optional<Row> listed = charted ? rows.read(key) : Optional.empty();
    if (listed.isEmpty()) {
      write(key.sort(), fields);
      return;
    }
    Map<String, String> now = new HashMap<>(listed.get().fields());
    now.putAll(fields);
    rows.write(listed.get().next(listed.get().expires(), now));
  }

  private boolean write(String sort, Map<String, String> given) {
    Instant now = clock.instant();
    Map<String, String> fields = new HashMap<>(given);
    fields.put("since", now.toString());
    return rows.write(Row.fresh(new RowKey(partition(now), sort), now.plus(KEPT), fields));
  }

  private static String partition(Instant at) {
    return "trouble#" + LocalDate.ofInstant(at, ZoneOffset.UTC);
  }
}
