package clinic.scheduling.slots;

import clinic.scheduling.canvas.licence.LicenceGap;
import java.util.Locale;

/**
 * A clinician who is not offered, and why.
 *
 * @param practitioner the id of the practice document
 */
record Unavailable(String practitioner, Reason reason) {

  /** Why a clinician is not offered; the words are part of the outer contract. */
  enum Reason {
    /** No licence is known. */
    LICENCE_MISSING,
    /** A licence is there, but its state or period cannot be read. */
    LICENCE_UNREADABLE,
    /** The licence ended before the asked time. */
    LICENCE_EXPIRED,
    /** The licence begins after the asked time. */
    LICENCE_NOT_YET_VALID,
    /** There are licences, for other states. */
    NOT_LICENSED,
    /** Canvas has no schedule of theirs that can be read. */
    NO_SCHEDULE,
    /** Canvas did not give the times of a schedule, or not whole. */
    SCHEDULE_UNREADABLE,
    /** Canvas did not give the appointments, or not whole. */
    APPOINTMENTS_UNREADABLE,
    /** Our own record of promised times could not be read. */
    HOLDS_UNREADABLE,
    /** Not answered within the time that a lookup may take. */
    TOO_SLOW;

    static Reason of(LicenceGap gap) {
      return switch (gap) {
        case MISSING -> LICENCE_MISSING;
        case UNREADABLE -> LICENCE_UNREADABLE;
        case EXPIRED -> LICENCE_EXPIRED;
        case NOT_YET_VALID -> LICENCE_NOT_YET_VALID;
        case ELSEWHERE -> NOT_LICENSED;
      };
    }

    /** Who has to answer again before this is better. */
    String system() {
      return this == HOLDS_UNREADABLE ? "holds" : "canvas";
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
