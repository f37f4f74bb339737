package clinic.scheduling.simulation;

/** The end of a process. No error that product code may catch, and no exception either. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed() {
    super(null, null, false, false);
  }
}
