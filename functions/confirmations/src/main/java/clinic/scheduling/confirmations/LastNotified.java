package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a patient has last heard of a visit, on each channel by itself. What a message says is the
 * step from there to now, not the last of the steps in between: a move whose message was superseded
 * is told with the next one, and a visit that is back where it was is not told at all. Ids and
 * fingerprints only; kept for 400 days after the last message.
 */
@Singleton
final class LastNotified {
  /** The view of whoever may have been told something, and nobody can say what. */
  static final String UNKNOWN = "unknown";

  private static final Duration KEPT = Duration.ofDays(400);

  private final Rows rows;
  private final Clock clock;

  @Inject
  LastNotified(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * What was told.
   *
   * @param view {@link PatientFingerprint}
   * @param start of the visit as it was told
   */
  record Last(int sequence, String view, Instant start) {

    /** As a claim keeps it, for whoever finds that its worker has died. */
    String text() {
      return start + " " + view;
    }

    /** Empty if the claim was about nothing that a patient hears. */
    static Optional<Last> of(int sequence, String text) {
      int space = text.indexOf(' ');
      return space < 0
          ? Optional.empty()
          : Optional.of(
              new Last(
                  sequence, text.substring(space + 1), Instants.parse(text.substring(0, space))));
    }
  }

  Optional<Last> on(Channel channel, String root) {
    return rows.read(key(channel, root)).flatMap(LastNotified::last);
  }

  /** A later message is never replaced by an earlier one. */
  void keep(Channel channel, String root, Last last) {
    Map<String, String> fields =
        Map.of(
            "sequence", Integer.toString(last.sequence()),
            "view", last.view(),
            "start", last.start().toString());
    rows.update(
        key(channel, root),
        row ->
            last(row).filter(it -> it.sequence() >= last.sequence()).isPresent()
                ? Optional.empty()
                : Optional.of(row.next(clock.instant().plus(KEPT), fields)));
  }

  private static Optional<Last> last(Row row) {
    return row.field("view")
        .map(
            view ->
                new Last(
                    Integer.parseInt(row.field("sequence").orElse("0")),
                    view,
                    row.field("start").map(Instants::parse).orElse(Instant.EPOCH)));
  }

  private static RowKey key(Channel channel, String root) {
    return RowKey.ofVisit(root, "heard#" + channel.word());
  }
}
