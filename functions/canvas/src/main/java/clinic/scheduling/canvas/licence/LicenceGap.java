package clinic.scheduling.canvas.licence;

/** Why a clinician has no licence for a visit. */
public enum LicenceGap {
  /** Nothing says that there is one. */
  MISSING,
  /** There is one whose state or period cannot be read. */
  UNREADABLE,
  /** One for this state ended before; another may begin later. */
  EXPIRED,
  /** The first one for this state begins later. */
  NOT_YET_VALID,
  /** Those that can be read are for other states. */
  ELSEWHERE
}
