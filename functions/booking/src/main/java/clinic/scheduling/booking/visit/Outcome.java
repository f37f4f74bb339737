package clinic.scheduling.booking.visit;

import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import java.util.function.Function;

/** The outcome of a request to book or to move, and the text that the ledger keeps for it. */
public sealed interface Outcome extends Idempotency.Result {

  /** The visit is in Canvas under this id, as the request asked for it. */
  record Booked(String appointment) implements Outcome {
    @Override
    public String text() {
      return "booked " + appointment;
    }

    @Override
    public <R> R fold(
        Function<Booked, R> booked,
        Function<AlreadyBooked, R> already,
        Function<Rejected, R> rejected) {
      return booked.apply(this);
    }
  }

  /**
   * An earlier attempt created the appointment, and its caller may have got no answer. Staff may
   * have changed the visit since.
   */
  record AlreadyBooked(String appointment) implements Outcome {
    @Override
    public String text() {
      return "found " + appointment;
    }

    @Override
    public <R> R fold(
        Function<Booked, R> booked,
        Function<AlreadyBooked, R> already,
        Function<Rejected, R> rejected) {
      return already.apply(this);
    }
  }

  /** The request is rejected. The reason is final for this request. */
  record Rejected(ProblemType type) implements Outcome {
    @Override
    public String text() {
      return "rejected " + type.name();
    }

    @Override
    public <R> R fold(
        Function<Booked, R> booked,
        Function<AlreadyBooked, R> already,
        Function<Rejected, R> rejected) {
      return rejected.apply(this);
    }

    public Problem problem() {
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

  /** The text that the ledger keeps; {@link #parse} reads it. */
  @Override
  String text();

  /** Even a rejected booking may have created the patient's record. */
  @Override
  default boolean mayHaveChanged() {
    return true;
  }

  <R> R fold(
      Function<Booked, R> booked,
      Function<AlreadyBooked, R> already,
      Function<Rejected, R> rejected);

  default boolean isRejected() {
    return fold(booked -> false, already -> false, rejected -> true);
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
