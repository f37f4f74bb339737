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
 * The list of what the clinic should look at, one partition for each UTC day: messages whose
 * outcome is unknown, mails that did not arrive, changes that no channel could tell, suppressed
 * contact points, and answers that a person has to read. The rows stand in the partition {@code
 * trouble#<day>}, hold ids only and live for 60 days. We never read a whole day; the clinic does,
 * page by page.
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

  /** Nobody knows whether the message went out. */
  public void doubt(MessageRequest request, Channel channel) {
    write(
        "doubt#" + request.key() + "#" + channel.word(),
        Map.of("visit", request.root(), "channel", channel.word(), "state", "open"));
  }

  /**
   * The provider has reported what became of a message whose outcome was unknown.
   *
   * @param since when that was recorded
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

  /** No channel could tell the patient about this change. */
  public void untold(MessageRequest request) {
    if (write("untold#" + request.key(), Map.of("visit", request.root()))) {
      log.warn("patient-untold", "visit", request.root());
    }
  }

  /** We no longer write to this contact point. */
  public void suppressed(Channel channel, String contact, String why, Optional<String> visit) {
    Map<String, String> fields = new HashMap<>();
    fields.put("channel", channel.word());
    fields.put("why", why);
    visit.ifPresent(root -> fields.put("visit", root));
    write("suppressed#" + contact + "#" + why, fields);
  }

  /** A message waits for a daily cap. */
  public void capped(MessageRequest request, Channel channel) {
    write(cappedRow(request, channel), Map.of("visit", request.root(), "channel", channel.word()));
  }

  /**
   * Whether the message was listed as capped. A waiting message is listed again each day, so we
   * only read today's and yesterday's list.
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
   * A mail has not arrived, or not yet.
   *
   * @param message its key, or the id of SES if it has none
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
   * A person has to read an answer to a text message. Call this before writing the answer to the
   * chart, so that it is listed even if that fails, and again afterwards.
   *
   * @param charted whether its text is in the chart
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
