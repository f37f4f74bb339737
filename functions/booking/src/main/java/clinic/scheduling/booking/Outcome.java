package clinic.scheduling.booking;

import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;

/** What became of a booking, and the form in which the ledger keeps it. */
sealed interface Outcome {

  /** It stands in Canvas under this id. */
  record Booked(String appointment) implements Outcome {}

  /** An earlier try made it, and nobody was told: staff may have changed it since. */
  record AlreadyBooked(String appointment) implements Outcome {}

  /** It will never stand: the reason is final for this request. */
  record Rejected(ProblemType type) implements Outcome {
    Problem problem() {
      return switch (type) {
        case SLOT_TAKEN -> Problem.of(type, "Ask for slots again and choose another one.");
        case SLOT_EXPIRED -> Problem.of(type, "Ask for slots again; they are good for a while.");
        case NOT_LICENSED ->
            Problem.of(type, "Ask for slots with the state where the patient will be.");
        case CALL_THE_CLINIC -> Problem.of(type, "Please call the clinic to book this visit.");
        default -> Problem.of(type, "This cannot be booked.");
      };
    }
  }

  default String text() {
    if (this instanceof Booked booked) {
      return "booked " + booked.appointment();
    }
    if (this instanceof AlreadyBooked found) {
      return "found " + found.appointment();
    }
    return "rejected " + ((Rejected) this).type().name();
  }

  static Outcome parse(String text) {
    String rest = text.substring(text.indexOf(' ') + 1);
    return switch (text.substring(0, text.indexOf(' '))) {
      case "booked" -> new Booked(rest);
      case "found" -> new AlreadyBooked(rest);
      default -> new Rejected(ProblemType.valueOf(rest));
    };
  }
}
