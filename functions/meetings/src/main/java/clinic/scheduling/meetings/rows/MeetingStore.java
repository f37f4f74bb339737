package clinic.scheduling.meetings.rows;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.meetings.plan.KnownBlock;
import clinic.scheduling.meetings.plan.StoredMeeting;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows about the meetings of one clinician, and about the blocks. They hold digests and times,
 * and no text of a meeting.
 *
 * <p>The meetings of a calendar are spread over 64 rows by a digest of their ids. So all meetings
 * of a calendar and the cursor of the next round are written together, or nothing is: a crash in
 * between repeats the round.
 */
@Singleton
public final class MeetingStore {
  /** Longer than any visit can be booked ahead. */
  public static final Duration KEPT = Duration.ofDays(400);

  private static final String ROUND = "round#";
  private static final String EVENTS = "event#";
  private static final String BLOCK = "block#";
  private static final int ROWS_OF_EVENTS = 64;
  private static final int DIGITS = 2;
  private static final int MOST_CALENDARS = 100;
  static final int MOST_BLOCKS = 40_000;

  /** The time for reading and writing as many rows as one write may have. */
  private static final Duration ONE_WRITE = Duration.ofSeconds(2);

  private final Rows rows;
  private final Clock clock;

  public MeetingStore(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** The key of a row about a clinician. */
  public static RowKey key(String practitioner, String name) {
    return new RowKey(partition(practitioner), name);
  }

  /** The key of the ledger's row about a block. */
  public static RowKey blockKey(String practitioner, String block) {
    return key(practitioner, BLOCK + block);
  }

  private static String partition(String practitioner) {
    return "meetings#" + practitioner;
  }

  /** The last round of a calendar. */
  public RoundRecord round(String practitioner, String binding) {
    RowKey key = key(practitioner, ROUND + binding);
    return new RoundRecord(
        binding, rows.read(key).orElseGet(() -> Row.fresh(key, Instant.EPOCH, Map.of())));
  }

  /** The last rounds of all calendars of a clinician that were read. */
  public List<RoundRecord> rounds(String practitioner) {
    return rows.readStartingWith(partition(practitioner), ROUND, MOST_CALENDARS).stream()
        .map(row -> new RoundRecord(row.key().sort().substring(ROUND.length()), row))
        .toList();
  }

  /**
   * The stored meetings of a calendar.
   *
   * @param meetings by {@link StoredMeeting#event}
   * @param rows the rows as they were read
   */
  public record Stored(Map<String, StoredMeeting> meetings, List<Row> rows) {
    public Stored {
      meetings = Map.copyOf(meetings);
      rows = List.copyOf(rows);
    }
  }

  public Stored meetings(String practitioner, String binding) {
    List<Row> found =
        rows.readStartingWith(partition(practitioner), EVENTS + binding + "#", ROWS_OF_EVENTS);
    Map<String, StoredMeeting> meetings = new HashMap<>();
    for (Row row : found) {
      row.fields().forEach((event, text) -> meetings.put(event, StoredMeeting.parse(event, text)));
    }
    return new Stored(meetings, found);
  }

  /**
   * Stores the meetings of a calendar, and the cursor of its next round, in one write.
   *
   * @param before the meetings as they were read
   * @param stopped the guard that has stopped the calendar, if any
   * @throws UnavailableException if another worker has written meanwhile; nothing was written
   */
  public void store(
      String practitioner,
      RoundRecord round,
      Stored before,
      Map<String, StoredMeeting> after,
      String cursor,
      Interval window,
      Optional<String> stopped) {
    Instant now = clock.instant();
    List<Row> writes = changedRows(practitioner, round.binding(), before, after, now.plus(KEPT));
    Map<String, String> fields = round.withStop(round.afterRound(cursor, window, now), stopped);
    writes.add(round.row().next(now.plus(KEPT), fields));
    write(writes);
  }

  /** Stores the cursor after a round that has brought no change. */
  public void touch(RoundRecord round, String cursor, Interval window) {
    Instant now = clock.instant();
    Map<String, String> fields = round.afterRound(cursor, window, now);
    write(List.of(round.row().next(now.plus(KEPT), fields)));
  }

  private static List<Row> changedRows(
      String practitioner,
      String binding,
      Stored before,
      Map<String, StoredMeeting> after,
      Instant expires) {
    Map<String, Map<String, String>> wanted = new TreeMap<>();
    after.forEach(
        (event, meeting) ->
            wanted
                .computeIfAbsent(rowOf(binding, event), name -> new HashMap<>())
                .put(event, meeting.text()));
    List<Row> changed = new ArrayList<>();
    for (Row row : before.rows()) {
      Map<String, String> fields = wanted.remove(row.key().sort());
      if (!row.fields().equals(fields)) {
        changed.add(row.next(expires, fields == null ? Map.of() : fields));
      }
    }
    wanted.forEach(
        (name, fields) -> changed.add(Row.fresh(key(practitioner, name), expires, fields)));
    return changed;
  }

  private static String rowOf(String binding, String event) {
    int number = Integer.parseInt(event.substring(0, DIGITS), 16) % ROWS_OF_EVENTS;
    return EVENTS + binding + "#" + String.format("%02d", number);
  }

  /** Records that a guard has stopped the calendar. */
  public void stop(String practitioner, String binding, String guard) {
    rows.update(
        key(practitioner, ROUND + binding),
        row ->
            Optional.of(
                row.next(
                    clock.instant().plus(KEPT), new RoundRecord(binding, row).afterStop(guard))));
  }

  /** Forgets a calendar and its meetings. */
  public void forget(String practitioner, RoundRecord round, Stored stored) {
    Instant now = clock.instant();
    List<Row> gone = new ArrayList<>();
    stored.rows().forEach(row -> gone.add(row.next(now, Map.of())));
    gone.add(round.row().next(now, Map.of()));
    write(gone);
  }

  /** The blocks that the ledger knows. */
  public List<KnownBlock> blocks(String practitioner) {
    return rows.readStartingWith(partition(practitioner), BLOCK, MOST_BLOCKS).stream()
        .map(row -> new KnownBlock(row.key().sort().substring(BLOCK.length()), Entry.of(row)))
        .toList();
  }

  /**
   * Forgets blocks that are over.
   *
   * @return how many there was no time for, or are being changed by another worker
   */
  public int forgetBlocks(String practitioner, List<String> blocks, Deadline deadline) {
    int left = 0;
    for (int from = 0; from < blocks.size(); from += Rows.MAX_ROWS_PER_WRITE) {
      List<String> some =
          blocks.subList(from, Math.min(from + Rows.MAX_ROWS_PER_WRITE, blocks.size()));
      if (!deadline.leaves(ONE_WRITE) || !forget(practitioner, some)) {
        left += some.size();
      }
    }
    return left;
  }

  private boolean forget(String practitioner, List<String> blocks) {
    List<Row> found =
        rows.readAll(blocks.stream().map(block -> blockKey(practitioner, block)).toList());
    Instant now = clock.instant();
    return found.isEmpty()
        || rows.write(found.stream().map(row -> row.next(now, row.fields())).toList());
  }

  private void write(List<Row> wanted) {
    if (!rows.write(wanted)) {
      throw new UnavailableException("another worker of this clinician", Duration.ofSeconds(1));
    }
  }
}
