package clinic.scheduling.canvas;

/** Why a clinician has no licence for a visit. */
public enum LicenceGap {
  /** Nothing says that there is one. */
  MISSING,
  /** There is one whose state or period cannot be read. */
  UNREADABLE,
  /** The last one for this state ended before. */
  EXPIRED,
  /** The first one for this state begins later. */
  NOT_YET_VALID,
  /** Those that can be read are for other states. */
  ELSEWHERE
}
