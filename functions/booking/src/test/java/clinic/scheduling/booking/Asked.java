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

  /** What a request asks for. */
  enum Kind {
    BOOK,
    MOVE,
    CANCEL
  }

  final Kind kind;
  final Visit visit;
  final Optional<Offer> requested;
  final Optional<Line> before;
  private final Supplier<Answer> send;
  private final int settlementsBefore;

  /** The answer that every repeat has to get; empty while nobody knows it. */
  Optional<Answer> settled = Optional.empty();

  /** Whether the request was refused for a reason that may no longer apply when it is repeated. */
  boolean dropped;

  /** Whether the process died while it worked on this request. */
  boolean died;

  Asked(
      Kind kind,
      Visit visit,
      Optional<Offer> requested,
      Optional<Line> before,
      Supplier<Answer> send) {
    this.kind = kind;
    this.visit = visit;
    this.requested = requested;
    this.before = before;
    this.send = send;
    this.settlementsBefore = visit.settlements;
  }

  /** A visit as the patient knows it. */
  static final class Visit {
    final int patient;

    /** Our identifier, known once an appointment exists in Canvas. */
    Optional<String> bookingId = Optional.empty();

    /** The id and the token of the answer. */
    Optional<String> id = Optional.empty();

    String token = "";

    /** The time to which our last change moved the visit; empty once we have cancelled it. */
    Optional<HoldBook.Place> ours = Optional.empty();

    /** How many moves succeeded and moved the visit to a time without an overlap. */
    int settlements;

    boolean movedByStaff;

    /** The time to which staff have moved the visit since our last change. */
    Optional<HoldBook.Place> takenByStaff = Optional.empty();

    /**
     * Whether a lagging read may have shown us an earlier time of the visit. The hold of that time
     * ends by itself.
     */
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
    return kind + " of patient " + visit.patient + " " + requested.map(Offer::toString).orElse("");
  }

  /**
   * Whether another request has rightly moved the visit to that time since this request was first
   * sent.
   */
  boolean isOvertakenAt(HoldBook.Place place) {
    return visit.settlements > settlementsBefore && visit.ours.equals(Optional.of(place));
  }

  Answer send() {
    return send.get();
  }

  boolean isOpen() {
    return settled.isEmpty() && !dropped;
  }

  /** Records an answer. */
  void answered(Answer answer) {
    if (answer.status() < 300 || FINAL.contains(answer.type())) {
      settled = Optional.of(answer);
    } else if (!isLater(answer)) {
      dropped = true;
    }
  }

  /** Whether the answer asks the caller to come back. */
  static boolean isLater(Answer answer) {
    return answer.status() == 503 || answer.type().equals("in-progress");
  }
}
