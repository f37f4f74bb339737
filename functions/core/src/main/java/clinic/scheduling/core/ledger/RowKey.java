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

  /** What one booking request asked for, under our own Appointment identifier. */
  public static RowKey ofBooking(String bookingId, String what) {
    return new RowKey("booking#" + bookingId, what);
  }
}
