package clinic.scheduling.upkeep.reconcile;

import java.util.Locale;

/** The outcome of a run. */
enum Outcome {
  /** Everything could be read, and nothing is wrong. */
  AGREES,
  /**
   * Everything could be read, and the discrepancies are being repaired. The next run shows the
   * result.
   */
  REPAIRING,
  /** A dry run found what would be repaired. */
  PLANNED,
  /**
   * A guard against too many changes has stopped the run, for one of these reasons. {@code
   * removals}: too many entries would be removed, so no entry was repaired. {@code messages}: too
   * many patients would get a message at once, so no message was requested, but the calendars were
   * repaired. {@code meeting-removals}: too many blocks would be removed, so no block was repaired.
   * {@code meetings-stopped}: a guard of MirrorMeetings has stopped a calendar.
   */
  HELD,
  /** Canvas or a calendar could not be read completely. What was not read was not changed. */
  UNKNOWN;

  /** The outcome as answer and log write it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The worse of two outcomes. */
  Outcome worse(Outcome other) {
    return other.severity() > severity() ? other : this;
  }

  private int severity() {
    return switch (this) {
      case AGREES -> 0;
      case REPAIRING, PLANNED -> 1;
      case UNKNOWN -> 2;
      case HELD -> 3;
    };
  }
}
