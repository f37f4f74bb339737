package clinic.scheduling.core.ledger;

/**
 * The name of a row. Ids only, never a word about a patient: keys show up in metrics and logs.
 *
 * @param partition rows of one partition are read together
 * @param sort the row within its partition
 */
public record RowKey(String partition, String sort) {

  /** What happened to one visit, under the id of the first appointment of its thread. */
  public static RowKey ofVisit(String root, String what) {
    return new RowKey("visit#" + root, what);
  }

  /**
   * What was asked of one visit, under the id of the first appointment of its thread: apart from
   * what happened to it, since callers decide how many of these there are.
   */
  public static RowKey ofRequest(String root, String what) {
    return new RowKey("request#" + root, what);
  }

  /** What one booking request asked for, under our own Appointment identifier. */
  public static RowKey ofBooking(String bookingId, String what) {
    return new RowKey("booking#" + bookingId, what);
  }
}
