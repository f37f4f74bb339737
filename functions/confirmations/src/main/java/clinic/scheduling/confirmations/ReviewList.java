package clinic.scheduling.confirmations;

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
 * What the clinic should look at, listed by the day on which it came up (UTC): messages of which
 * nobody can say whether they went out, mails that did not arrive, changes of which no channel
 * could tell the patient, contact points that are written to no more, and answers that a person has
 * to read. Ids only; the partition {@code trouble#<day>} of the table, kept for 60 days. Nothing
 * here reads a whole day: the clinic does, page by page.
 */
@Singleton
final class ReviewList {
  private static final Duration KEPT = Duration.ofDays(60);

  private final Rows rows;
  private final Clock clock;

  @Inject
  ReviewList(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  void doubt(MessageRequest order, Channel channel) {
    write(
        "doubt#" + order.key() + "#" + channel.word(),
        Map.of("visit", order.root(), "channel", channel.word(), "state", "open"));
  }

  /**
   * The provider has said what became of it.
   *
   * @param since when the doubt was recorded
   */
  void settled(String root, String name, Channel channel, Instant since) {
    RowKey key = new RowKey(partition(since), "doubt#" + root + "#" + name + "#" + channel.word());
    rows.update(
        key,
        row -> {
          Map<String, String> fields = new HashMap<>(row.fields());
          fields.put("state", "settled");
          return row.isNew() ? Optional.empty() : Optional.of(row.next(row.expires(), fields));
        });
  }

  /**
   * No channel tells the patient of this change.
   *
   * @return whether that was not yet listed
   */
  boolean untold(MessageRequest order) {
    return write("untold#" + order.key(), Map.of("visit", order.root()));
  }

  void suppressed(Channel channel, String contact, String why, Optional<String> visit) {
    Map<String, String> fields = new HashMap<>();
    fields.put("channel", channel.word());
    fields.put("why", why);
    visit.ifPresent(root -> fields.put("visit", root));
    write("suppressed#" + contact + "#" + why, fields);
  }

  /** A message that waits because there were enough for one day. */
  void capped(MessageRequest order, Channel channel) {
    write(cappedRow(order, channel), Map.of("visit", order.root(), "channel", channel.word()));
  }

  /** What waits is listed anew on each day, so that more than two days never have to be asked. */
  boolean wasCapped(MessageRequest order, Channel channel) {
    Instant now = clock.instant();
    return Stream.of(now, now.minus(Duration.ofDays(1)))
        .map(day -> rows.read(new RowKey(partition(day), cappedRow(order, channel))))
        .anyMatch(Optional::isPresent);
  }

  private static String cappedRow(MessageRequest order, Channel channel) {
    return "capped#" + order.key() + "#" + channel.word();
  }

  /**
   * A mail that has not arrived, or not yet.
   *
   * @param why a fixed word
   */
  void notArrived(ProviderEvent.Mail mail, String why) {
    Map<String, String> fields = new HashMap<>();
    fields.put("channel", Channel.EMAIL.word());
    fields.put("why", why);
    mail.message().ifPresent(it -> fields.put("visit", it.root()));
    String message = mail.message().map(it -> it.root() + "#" + it.name()).orElse(mail.external());
    write("mail#" + message + "#" + why, fields);
  }

  /** A mail that SES would not take. */
  void notArrived(MessageRequest order, String why) {
    write(
        "mail#" + order.key() + "#" + why,
        Map.of("channel", Channel.EMAIL.word(), "why", why, "visit", order.root()));
  }

  /**
   * An answer to a text message that a person has to read. Listed first as not charted, so that it
   * is on the list whatever happens after, and again once it is.
   *
   * @param charted whether its words are in the chart
   */
  void toRead(String answer, String contact, Optional<String> visit, boolean charted) {
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

  private boolean write(String sort, Map<String, String> what) {
    Instant now = clock.instant();
    Map<String, String> fields = new HashMap<>(what);
    fields.put("since", now.toString());
    return rows.write(Row.fresh(new RowKey(partition(now), sort), now.plus(KEPT), fields));
  }

  private static String partition(Instant at) {
    return "trouble#" + LocalDate.ofInstant(at, ZoneOffset.UTC);
  }
}
