package clinic.scheduling.meetings.rows;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The calendars of which the table has meetings, and when each was last read. A calendar that has
 * left the practice document is still in this list until its blocks are removed, so that the polls
 * find it.
 */
@Singleton
public final class MirroredCalendars {
  private static final String PARTITION = "mirrored";
  private static final Duration KEPT = Duration.ofDays(400);
  private static final String ROUND_AT = "roundAt";
  private static final String ROUND_OF = "roundAt#";
  private static final String PRACTITIONERS = "practitioners";
  private static final int PAGES = 20;

  private final Rows rows;
  private final Clock clock;

  public MirroredCalendars(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * A calendar of which the table has meetings.
   *
   * @param binding the key of the calendar
   * @param rounds when the calendar was last read without a failure, by the Canvas staff keys of
   *     the clinicians who have or had it; {@link Instant#EPOCH} if it was never read for one
   */
  public record Mirrored(String binding, Map<String, Instant> rounds) {
    public Mirrored {
      rounds = Map.copyOf(rounds);
    }

    /** A row of an earlier version has one time for all clinicians. */
    static Mirrored of(Row row) {
      Instant common = row.field(ROUND_AT).map(Instants::parse).orElse(Instant.EPOCH);
      Map<String, Instant> rounds = new HashMap<>();
      row.field(PRACTITIONERS).stream()
          .flatMap(all -> Stream.of(all.split(",", -1)))
          .filter(who -> !who.isEmpty())
          .forEach(
              who ->
                  rounds.put(who, row.field(ROUND_OF + who).map(Instants::parse).orElse(common)));
      return new Mirrored(row.key().sort(), rounds);
    }

    /** The Canvas staff keys of the clinicians who have or had the calendar. */
    public Set<String> practitioners() {
      return rounds.keySet();
    }

    /** When the calendar was last read for this clinician; empty if it never was. */
    public Optional<Instant> roundAt(String practitioner) {
      return Optional.ofNullable(rounds.get(practitioner)).filter(Instant.EPOCH::isBefore);
    }
  }

  /** All of them: at most 20,000. */
  public List<Mirrored> all() {
    List<Mirrored> all = new ArrayList<>();
    Optional<String> next = Optional.of("");
    for (int page = 0; page < PAGES && next.isPresent(); page++) {
      RowPage one = rows.page(PARTITION, "", next.get(), Rows.PAGE);
      one.rows().forEach(row -> all.add(Mirrored.of(row)));
      next = one.next();
    }
    return all;
  }

  public Optional<Mirrored> find(String binding) {
    return rows.read(key(binding)).map(Mirrored::of);
  }

  /** Records that the calendar of this clinician was read just now. */
  public void read(String binding, String practitioner) {
    change(binding, rounds -> rounds.put(practitioner, clock.instant()));
  }

  /**
   * Records that the calendar of this clinician will be read. Called before anything else is stored
   * about it.
   */
  public void begin(String binding, String practitioner) {
    boolean known =
        find(binding).filter(it -> it.practitioners().contains(practitioner)).isPresent();
    if (!known) {
      change(binding, rounds -> rounds.put(practitioner, Instant.EPOCH));
    }
  }

  /** Forgets that this clinician has or had the calendar. */
  public void forget(String binding, String practitioner) {
    change(binding, rounds -> rounds.remove(practitioner));
  }

  /** Changes the rounds of the clinicians of a calendar. */
  private interface Change {
    void apply(Map<String, Instant> rounds);
  }

  private void change(String binding, Change change) {
    Instant now = clock.instant();
    rows.update(
        key(binding),
        row -> {
          Map<String, Instant> rounds = new TreeMap<>(Mirrored.of(row).rounds());
          change.apply(rounds);
          Map<String, String> fields = new HashMap<>();
          fields.put(PRACTITIONERS, String.join(",", rounds.keySet()));
          rounds.forEach((who, at) -> fields.put(ROUND_OF + who, at.toString()));
          return Optional.of(row.next(rounds.isEmpty() ? now : now.plus(KEPT), fields));
        });
  }

  private static RowKey key(String binding) {
    return new RowKey(PARTITION, binding);
  }
}
