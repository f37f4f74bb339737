package clinic.scheduling.meetings.rows;

import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Limits how many blocks are created, so that a fault of ours or of a provider cannot fill Canvas.
 * Each limit stops the calendar until a person decides otherwise.
 */
@Singleton
public final class CreationLimits {
  /** More than the most instances that a calendar may have. */
  private static final int MOST_AN_HOUR = 5_000;

  /** How often one block may be created again within a day. */
  private static final int MOST_RECREATIONS = 3;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final String CREATIONS = "creations#";
  private static final String LOOP = "loop#";
  private static final String GENERATIONS = "generations";
  private static final int MOST_ROWS = 10_000;

  private final Rows rows;
  private final Clock clock;

  public CreationLimits(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** Counts one more block of a calendar; false if it has had too many within the hour. */
  public boolean mayCreate(String practitioner, String calendar) {
    Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    RowKey key = MeetingStore.key(practitioner, CREATIONS + calendar + "#" + hour.getEpochSecond());
    return rows.count(key, MOST_AN_HOUR, hour.plus(HOUR));
  }

  /**
   * Counts that a block is created once more; false if it was created too often within a day.
   * Several attempts to create the same generation count once, because Canvas may refuse a block
   * for hours.
   *
   * @param generation the generation in the name of the block
   */
  public boolean mayRecreate(String practitioner, String block, int generation) {
    RowKey key = MeetingStore.key(practitioner, LOOP + block);
    Instant day = clock.instant().plus(DAY);
    String name = Integer.toString(generation);
    boolean[] isAllowed = {false};
    rows.update(
        key,
        row -> {
          Set<String> counted = new TreeSet<>();
          row.field(GENERATIONS).ifPresent(it -> counted.addAll(List.of(it.split(",", -1))));
          isAllowed[0] = counted.contains(name) || counted.size() < MOST_RECREATIONS;
          if (!isAllowed[0] || !counted.add(name)) {
            return Optional.empty();
          }
          return Optional.of(
              row.next(
                  row.isNew() ? day : row.expires(),
                  Map.of(GENERATIONS, String.join(",", counted))));
        });
    return isAllowed[0];
  }

  /** Begins all counts of a clinician anew, after a person has decided so. */
  public void reset(String practitioner) {
    reset(practitioner, CREATIONS);
    reset(practitioner, LOOP);
  }

  private void reset(String practitioner, String prefix) {
    rows.readStartingWith(MeetingStore.key(practitioner, "").partition(), prefix, MOST_ROWS)
        .forEach(row -> rows.write(row.next(clock.instant(), row.fields())));
  }
}
