package clinic.scheduling.core.ledger;

/**
 * The name of a row. It consists of ids and says nothing about a patient, because keys are shown in
 * metrics and logs.
 *
 * @param partition rows of one partition are read together
 * @param sort the row within its partition
 */
public record RowKey(String partition, String sort) {

  /**
   * The key of a row about something that happened to one visit. {@code root} is the id of the
   * first appointment of the visit.
   */
  public static RowKey ofVisit(String root, String what) {
    return new RowKey("visit#" + root, what);
  }

  /**
   * The key of a row about a request that a caller made for one visit. Callers decide how many such
   * rows there are, so they have a partition of their own.
   */
  public static RowKey ofRequest(String root, String what) {
    return new RowKey("request#" + root, what);
  }

  /**
   * The key of a row about one booking. {@code bookingId} is our own identifier of the appointment.
   */
  public static RowKey ofBooking(String bookingId, String what) {
    return new RowKey("booking#" + bookingId, what);
  }
}
