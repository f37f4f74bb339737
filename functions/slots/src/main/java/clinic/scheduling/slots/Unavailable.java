package clinic.scheduling.slots;

import clinic.scheduling.canvas.licence.LicenceGap;
import java.util.Locale;

/**
 * A clinician who is not offered, and the reason.
 *
 * @param practitioner the clinician's id in the practice document
 */
record Unavailable(String practitioner, Reason reason) {

  /** Why a clinician is not offered. The words are part of the contract in infra/openapi.yaml. */
  enum Reason {
    /** We know of no licence. */
    LICENCE_MISSING,
    /** There is a licence, but we cannot read its state or period. */
    LICENCE_UNREADABLE,
    /** The licence ends before the window of the query. */
    LICENCE_EXPIRED,
    /** The licence begins after the window of the query. */
    LICENCE_NOT_YET_VALID,
    /** There are licences, but only for other states. */
    NOT_LICENSED,
    /** Canvas has no schedule for the clinician that we can read. */
    NO_SCHEDULE,
    /** Canvas did not return the slots of a schedule completely. */
    SCHEDULE_UNREADABLE,
    /** Canvas did not return the appointments completely. */
    APPOINTMENTS_UNREADABLE,
    /** We could not read our own holds. */
    HOLDS_UNREADABLE,
    /** No answer came within the time limit of a lookup. */
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

    /**
     * The system whose answer is missing or unusable, as an {@code UnavailableException} names it.
     */
    String system() {
      return this == HOLDS_UNREADABLE ? "holds" : "canvas";
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
