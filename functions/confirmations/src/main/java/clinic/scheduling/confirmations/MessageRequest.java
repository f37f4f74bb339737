package clinic.scheduling.confirmations;

import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.PatientMessage;

/**
 * Something that a patient is to be told.
 *
 * @param root the id of the first appointment of the thread; names the visit for good
 * @param appointment the Canvas id from which the thread is read
 * @param correlation our identifier of the booking, or the appointment
 */
record MessageRequest(
    String root, About about, Change change, String appointment, String correlation) {

  /** What it is about. */
  sealed interface About {
    /** Its part of the name of the message. */
    String name();

    /** A change; they are counted from 0. */
    record Numbered(int sequence) implements About {
      @Override
      public String name() {
        return Integer.toString(sequence);
      }
    }

    /**
     * A reminder of one time of the visit.
     *
     * @param startMinute since the epoch; after a move it is another reminder
     */
    record Reminder(String step, long startMinute) implements About {
      @Override
      public String name() {
        return step + "-" + startMinute;
      }
    }
  }

  /** The name of the message for good. */
  String key() {
    return root + "#" + about.name();
  }

  /** The same, of letters that a message tag of SES may have. */
  String tag() {
    return key().replaceAll("[^A-Za-z0-9_-]", "_");
  }

  /** The ledger row of this message on one channel. */
  RowKey row(Channel channel) {
    return row(root, about.name(), channel);
  }

  static RowKey row(String root, String name, Channel channel) {
    return RowKey.ofVisit(root, "message#" + name + "#" + channel.word());
  }

  /** The order of an older change of the same visit. */
  MessageRequest about(int sequence) {
    return new MessageRequest(root, new About.Numbered(sequence), change, appointment, correlation);
  }

  /** As it came, to be ordered again. */
  PatientMessage again() {
    return PatientMessage.of(appointment, change, key(), correlation);
  }
}
