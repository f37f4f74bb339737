package clinic.scheduling.canvas.licence;

/** Why a clinician has no licence for a visit (docs/facts/canvas.md 4.2). */
public enum LicenceGap {
  /** There is no licence. */
  MISSING,
  /** The state or the period of a licence is unreadable. */
  UNREADABLE,
  /** A licence for this state has ended; another may begin later. */
  EXPIRED,
  /** The first licence for this state begins later. */
  NOT_YET_VALID,
  /** All readable licences are for other states. */
  ELSEWHERE
}
