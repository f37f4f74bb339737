package clinic.scheduling.booking;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.CanvasBook.Line;
import clinic.scheduling.booking.Offers.Offer;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One request of a patient, through all its repeats. */
final class Asked {
  private static final Set<String> FINAL = Set.of("slot-taken", "slot-expired", "not-licensed");

  /** What a request wants to be done. */
  enum Kind {
    BOOK,
    MOVE,
    CANCEL
  }

  final Kind kind;
  final Visit visit;
  final Optional<Offer> wish;
  final Optional<Line> before;
  private final Supplier<Answer> send;
  private final int settlementsBefore;

  /** The answer that every repeat has to give; empty while nobody knows. */
  Optional<Answer> settled = Optional.empty();

  /** Refused in a way that a repeat may see differently. */
  boolean dropped;

  /** The process died at it. */
  boolean died;

  Asked(
      Kind kind, Visit visit, Optional<Offer> wish, Optional<Line> before, Supplier<Answer> send) {
    this.kind = kind;
    this.visit = visit;
    this.wish = wish;
    this.before = before;
    this.send = send;
    this.settlementsBefore = visit.settlements;
  }

  /** A visit as the patient knows it. */
  static final class Visit {
    final int patient;

    /** Our identifier, known once something stands in Canvas. */
    Optional<String> bookingId = Optional.empty();

    /** The id of the answer, and the token. */
    Optional<String> id = Optional.empty();

    String token = "";

    /** Where our own last act has put it; empty once we cancelled it. */
    Optional<HoldBook.Place> ours = Optional.empty();

    /** How many moves were answered with success and put it where nobody else was. */
    int settlements;

    boolean movedByStaff;

    /** Where staff have taken it since our own last act. */
    Optional<HoldBook.Place> takenByStaff = Optional.empty();

    /** A read that lagged behind may have told us of an earlier place: that hold ends by itself. */
    boolean seenLate;

    boolean wantedGone;

    Visit(int patient) {
      this.patient = patient;
    }

    String root() {
      return id.orElseThrow();
    }

    void settledAt(HoldBook.Place place) {
      ours = Optional.of(place);
      takenByStaff = Optional.empty();
    }
  }

  @Override
  public String toString() {
    return kind + " of patient " + visit.patient + " " + wish.map(Offer::toString).orElse("");
  }

  /** Whether another request has put the visit there, rightly, since this one was first made. */
  boolean isOvertakenAt(HoldBook.Place place) {
    return visit.settlements > settlementsBefore && visit.ours.equals(Optional.of(place));
  }

  Answer send() {
    return send.get();
  }

  boolean isOpen() {
    return settled.isEmpty() && !dropped;
  }

  /** Takes note of an answer that came. */
  void answered(Answer answer) {
    if (answer.status() < 300 || FINAL.contains(answer.type())) {
      settled = Optional.of(answer);
    } else if (!isLater(answer)) {
      dropped = true;
    }
  }

  /** Whether the answer says to come again. */
  static boolean isLater(Answer answer) {
    return answer.status() == 503 || answer.type().equals("in-progress");
  }
}
