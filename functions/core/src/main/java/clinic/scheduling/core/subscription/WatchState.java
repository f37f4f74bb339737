package clinic.scheduling.core.subscription;

/** How far a watch has come. A notice of a watch is accepted in every state. */
public enum WatchState {
  /** The row is written; the provider may or may not have the watch. */
  OPENING,
  /** The provider has the watch. */
  OPEN,
  /** The watch is not needed any more; the provider may still have it. */
  CLOSING
}
