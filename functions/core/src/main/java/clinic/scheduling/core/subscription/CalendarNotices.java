package clinic.scheduling.core.subscription;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about the notices of a calendar: when the last one came, and which message about
 * the calendar is certainly still waiting in the queue. There is one row for each calendar.
 *
 * <p>A message counts as waiting only if the queue has accepted it with a delay, and only until
 * that delay is over. So it is picked up after the notice that it stands for, and its consumer sees
 * the change (docs/decisions/0047).
 */
public final class CalendarNotices {
  /** By how much the clocks of two processes may differ, and a delay may be shorter than asked. */
  public static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(1);

  private static final String NAME = "notice";
  private static final String LAST = "last";
  private static final String SENT = "sent";
  private static final String WAITS_UNTIL = "waitsUntil";
  private static final String SENDER_UNTIL = "senderUntil";
  private static final Duration KEPT = Duration.ofDays(60);

  private final Rows rows;
  private final Clock clock;

  public CalendarNotices(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** The row of one calendar, as it was read. */
  public static final class NoticeState {
    private final Row row;

    private NoticeState(Row row) {
      this.row = row;
    }

    /** When the last notice came that led to a message. */
    public Optional<Instant> last() {
      return instant(LAST);
    }

    /**
     * Whether a message is in the queue that nobody can have picked up before a notice of this
     * time.
     */
    public boolean isCovered(Instant notice) {
      return instant(WAITS_UNTIL)
          .filter(until -> notice.plus(CLOCK_DIFFERENCE).isBefore(until))
          .isPresent();
    }

    /** Whether another process is sending a message now. */
    public boolean hasSender(Instant now) {
      return instant(SENDER_UNTIL).filter(now::isBefore).isPresent();
    }

    /** Whether a message was sent after this time. */
    public boolean isSentAfter(Instant time) {
      return instant(SENT).filter(time::isBefore).isPresent();
    }

    private Optional<Instant> instant(String field) {
      return row.field(field).map(Instants::parse);
    }
  }

  public NoticeState read(String binding) {
    RowKey key = new RowKey(CalendarWatches.partition(binding), NAME);
    return new NoticeState(
        rows.read(key).orElseGet(() -> Row.fresh(key, clock.instant().plus(KEPT), Map.of())));
  }

  /**
   * Takes the turn to send a message, for a short time. This keeps others from sending too; it does
   * not make them believe that a message was sent.
   *
   * @return empty if another process was faster
   */
  public Optional<NoticeState> takeTurn(NoticeState state, Instant notice, Duration lease) {
    Instant now = clock.instant();
    Map<String, String> fields = new HashMap<>(state.row.fields());
    fields.put(LAST, notice.toString());
    fields.put(SENDER_UNTIL, now.plus(lease).toString());
    return write(state, fields);
  }

  /**
   * Records that the queue has accepted a message.
   *
   * @param before when the sending began
   * @param delay the delay of the message
   */
  public void sent(NoticeState turn, Instant before, Duration delay) {
    Map<String, String> fields = new HashMap<>(turn.row.fields());
    fields.put(SENT, before.toString());
    fields.put(WAITS_UNTIL, before.plus(delay).toString());
    fields.remove(SENDER_UNTIL);
    write(turn, fields);
  }

  /** Gives the turn back, after a message that may not have been accepted. */
  public void giveBack(NoticeState turn) {
    Map<String, String> fields = new HashMap<>(turn.row.fields());
    fields.remove(SENDER_UNTIL);
    write(turn, fields);
  }

  private Optional<NoticeState> write(NoticeState state, Map<String, String> fields) {
    Row next = state.row.next(clock.instant().plus(KEPT), fields);
    return rows.write(next) ? Optional.of(new NoticeState(next.written())) : Optional.empty();
  }
}
