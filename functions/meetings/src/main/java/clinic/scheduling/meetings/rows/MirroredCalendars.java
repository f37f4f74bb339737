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
import java.util.TreeSet;

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
   * @param practitioners the Canvas staff keys of the clinicians who have or had it
   * @param roundAt when the calendar was last read without a failure
   */
  public record Mirrored(String binding, Set<String> practitioners, Instant roundAt) {
    static Mirrored of(Row row) {
      Set<String> practitioners = new TreeSet<>();
      row.field(PRACTITIONERS)
          .filter(it -> !it.isEmpty())
          .ifPresent(it -> practitioners.addAll(List.of(it.split(",", -1))));
      return new Mirrored(
          row.key().sort(),
          practitioners,
          row.field(ROUND_AT).map(Instants::parse).orElse(Instant.EPOCH));
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
    change(binding, practitioners -> practitioners.add(practitioner), true);
  }

  /**
   * Records that the calendar of this clinician will be read. Called before anything else is stored
   * about it.
   */
  public void begin(String binding, String practitioner) {
    boolean known =
        find(binding).filter(it -> it.practitioners().contains(practitioner)).isPresent();
    if (!known) {
      change(binding, practitioners -> practitioners.add(practitioner), false);
    }
  }

  /** Forgets that this clinician has or had the calendar. */
  public void forget(String binding, String practitioner) {
    change(binding, practitioners -> practitioners.remove(practitioner), false);
  }

  /** Changes the clinicians of a calendar. */
  private interface Change {
    void apply(Set<String> practitioners);
  }

  private void change(String binding, Change change, boolean wasRead) {
    Instant now = clock.instant();
    rows.update(
        key(binding),
        row -> {
          Set<String> practitioners = new TreeSet<>(Mirrored.of(row).practitioners());
          change.apply(practitioners);
          Map<String, String> fields = new HashMap<>(row.fields());
          fields.put(PRACTITIONERS, String.join(",", practitioners));
          if (wasRead) {
            fields.put(ROUND_AT, now.toString());
          }
          return Optional.of(row.next(practitioners.isEmpty() ? now : now.plus(KEPT), fields));
        });
  }

  private static RowKey key(String binding) {
    return new RowKey(PARTITION, binding);
  }
}
