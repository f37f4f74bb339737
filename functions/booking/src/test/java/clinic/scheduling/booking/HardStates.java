package clinic.scheduling.booking;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts the hard states that a random test has to reach to prove anything. */
final class HardStates {
  /** States that are too rare to be reached in every run. */
  private static final Set<Kind> RARE =
      EnumSet.of(
          Kind.OVERLAP_READ_BACK_AND_MOVED_BACK,
          Kind.LOST_ANSWER_OF_A_CANCELLATION,
          Kind.NEITHER_TIME_LEFT);

  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

  enum Kind {
    UNKNOWN_CREATE_FOUND_BY_IDENTIFIER,
    HOLD_CONFLICT,
    OVERLAP_READ_BACK_AND_CANCELLED,
    OVERLAP_READ_BACK_AND_MOVED_BACK,
    NEITHER_TIME_LEFT,
    STAFF_MOVE_FOLLOWED,
    CHANGED_MEANWHILE_AND_RETRIED,
    LOST_ANSWER_OF_A_MOVE,
    LOST_ANSWER_OF_A_CANCELLATION,
    DEATH_MENDED_BY_A_REPEAT,
    CREATE_HELD_BACK_WHILE_ONE_MAY_LAND,
    RESTORED_BY_STAFF
  }

  void reached(Kind kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  List<Kind> missing() {
    return Arrays.stream(Kind.values())
        .filter(kind -> !counts.containsKey(kind) && !RARE.contains(kind))
        .toList();
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
