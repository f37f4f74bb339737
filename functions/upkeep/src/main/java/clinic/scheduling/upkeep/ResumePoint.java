package clinic.scheduling.upkeep;

import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Stores with what the next run of a task begins, so that runs that have no time for everything
 * take turns.
 */
@Singleton
public final class ResumePoint {
  private static final Duration KEPT = Duration.ofDays(7);
  private static final String NEXT = "next";

  private final Rows rows;
  private final Clock clock;

  public ResumePoint(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * All of them, beginning with the stored one.
   *
   * @param id what {@link #write} stores of one of them
   */
  public <T> List<T> rotate(String task, List<T> all, Function<T, String> id) {
    String next = rows.read(key(task)).flatMap(row -> row.field(NEXT)).orElse("");
    List<T> rotated = new ArrayList<>(all);
    for (int i = 0; i < all.size(); i++) {
      if (id.apply(all.get(i)).equals(next)) {
        Collections.rotate(rotated, -i);
      }
    }
    return rotated;
  }

  /**
   * @param next the id with which the next run begins; empty if all are done
   */
  public void write(String task, Optional<String> next) {
    rows.update(
        key(task),
        row -> Optional.of(row.next(clock.instant().plus(KEPT), Map.of(NEXT, next.orElse("")))));
  }

  private static RowKey key(String task) {
    return new RowKey("upkeep#" + task, "cursor");
  }
}
