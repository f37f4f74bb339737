package clinic.scheduling.upkeep.reconcile;

import java.util.Optional;

/**
 * One thing that is out of step, and what puts it right.
 *
 * @param entry the one that stands there and should not, or not so
 */
record Discrepancy(Kind kind, EntryKey place, Repair repair, Optional<ActualEntry> entry) {

  /** What is out of step. */
  enum Kind {
    /** Nothing stands where something should. */
    MISSING,
    /** What stands says something else. */
    DIFFERS,
    /** It stands where its visit does not belong, or not any more. */
    MISPLACED,
    /** Canvas does not know its visit. */
    ORPHANED,
    /** A second entry of one visit. */
    DUPLICATE,
    /** The ledger believes something else than what stands. */
    UNKNOWN_TO_LEDGER,
    /** The ledger knows of an entry in a calendar where none is wanted. */
    LEFT_BEHIND,
    /** The patient has not been told of a change; no calendar need show it. */
    UNTOLD,
    /** Canvas has a booking of ours twice, and its patient knows of the other one. */
    TWICE_BOOKED
  }

  /** What is done about it. */
  enum Repair {
    /** A notice: the fan-out looks at the visit and makes it so. */
    HINT,
    /** The ledger learns of the entry; then a notice. */
    ADOPT,
    /** The entry is taken away here, since the fan-out knows nothing of it. */
    REMOVE,
    /** The appointment is cancelled in Canvas; then a notice. */
    CANCEL
  }

  /** Whether an entry goes by it, here or by the fan-out, or a visit. */
  boolean takesAway() {
    return switch (kind) {
      case MISPLACED, ORPHANED, DUPLICATE, LEFT_BEHIND, TWICE_BOOKED -> true;
      case MISSING, DIFFERS, UNKNOWN_TO_LEDGER, UNTOLD -> false;
    };
  }
}
