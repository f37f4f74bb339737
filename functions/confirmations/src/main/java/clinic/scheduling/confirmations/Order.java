package clinic.scheduling.confirmations;

import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.queue.Change;

/**
 * A change that a patient is to be told.
 *
 * @param root the id of the first appointment of the thread; names the visit for good
 * @param sequence counts the changes of the visit that a patient can see
 * @param appointment the Canvas id from which the thread is read
 * @param correlation our identifier of the booking, or the appointment
 */
record Order(String root, int sequence, Change change, String appointment, String correlation) {

  /** The name of the message for good. */
  String key() {
    return root + "#" + sequence;
  }

  /** The same, of letters that a message tag of SES may have. */
  String tag() {
    return key().replaceAll("[^A-Za-z0-9_-]", "_");
  }

  /** The ledger row of this message on one channel. */
  RowKey row(Channel channel) {
    return RowKey.ofVisit(root, "message#" + sequence + "#" + channel.word());
  }
}
