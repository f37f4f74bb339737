package clinic.scheduling.core.ledger;

/**
 * The name of a row. Ids only, never a word about a patient: keys show up in metrics and logs.
 *
 * @param partition rows of one partition are read together
 * @param sort the row within its partition
 */
public record RowKey(String partition, String sort) {

  /**
   * The key of what happened to one visit; {@code root} is the id of the first appointment of its
   * thread.
   */
  public static RowKey ofVisit(String root, String what) {
    return new RowKey("visit#" + root, what);
  }

  /**
   * The key of what was asked of one visit. It is in another partition than what happened to the
   * visit, because callers decide how many of these rows there are.
   */
  public static RowKey ofRequest(String root, String what) {
    return new RowKey("request#" + root, what);
  }

  /** What one booking request asked for, under our own Appointment identifier. */
  public static RowKey ofBooking(String bookingId, String what) {
    return new RowKey("booking#" + bookingId, what);
  }
}
