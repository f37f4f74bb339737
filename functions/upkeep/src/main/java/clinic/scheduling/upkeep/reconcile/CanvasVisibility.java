package clinic.scheduling.upkeep.reconcile;

/** How Canvas answers for a visit. */
enum CanvasVisibility {
  /** It says what is wanted of it, if anything. */
  CLEAR,
  /** It says something that is not understood, or not yet; nothing is touched. */
  UNCLEAR,
  /** It does not know the visit. */
  UNKNOWN
}
