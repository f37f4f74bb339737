package clinic.scheduling.core.hold;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A time that is reserved for one booking, because Canvas allows double booking
 * (docs/facts/canvas.md 3.3, docs/decisions/0036), or for a form that a patient fills in
 * (docs/decisions/0056).
 *
 * @param owner our identifier of the booking or of the form
 * @param time the visit with its buffers
 * @param until when the hold expires
 * @param booked the appointment in Canvas; empty while a booking or a move is in progress, and for
 *     a form
 * @param lastExtension until when a form may extend the hold; empty for bookings and moves
 */
public record Hold(
    String owner,
    Interval time,
    Instant until,
    Optional<Booked> booked,
    Optional<Instant> lastExtension) {
  private static final int PARTS_OF_FORM = 4;

  /** A hold of a booking or a move. */
  public Hold(String owner, Interval time, Instant until, Optional<Booked> booked) {
    this(owner, time, until, booked, Optional.empty());
  }

  /** A hold of a form. */
  public static Hold ofForm(String owner, Interval time, Instant until, Instant lastExtension) {
    return new Hold(owner, time, until, Optional.empty(), Optional.of(lastExtension));
  }

  /**
   * The appointment for which the time is held.
   *
   * @param appointment the id of the appointment in Canvas
   * @param since when Canvas confirmed the booking or the move
   * @param created true if the appointment was created at this time; false if it may have been
   *     moved here
   */
  public record Booked(String appointment, Instant since, boolean created) {
    private static final String CREATED = "created";

    private String text() {
      return since + " " + appointment + (created ? " " + CREATED : "");
    }

    /**
     * A hold that an earlier version of this system wrote does not say whether the appointment was
     * created at this time. It counts as not created here.
     */
    private static Booked parse(List<String> parts) {
      return new Booked(parts.get(1), Instants.parse(parts.get(0)), parts.contains(CREATED));
    }
  }

  public boolean isOfForm() {
    return lastExtension.isPresent();
  }

  boolean isActiveAt(Instant now) {
    return until.isAfter(now);
  }

  Hold withUntil(Instant newUntil) {
    return new Hold(owner, time, newUntil, booked, lastExtension);
  }

  String text() {
    String times =
        String.join(" ", time.start().toString(), time.end().toString(), until.toString());
    return lastExtension
        .map(last -> times + " " + last)
        .orElseGet(() -> booked.map(it -> times + " " + it.text()).orElse(times));
  }

  static Hold parse(String owner, String text) {
    List<String> parts = List.of(text.split(" ", -1));
    return new Hold(
        owner,
        new Interval(Instants.parse(parts.get(0)), Instants.parse(parts.get(1))),
        Instants.parse(parts.get(2)),
        parts.size() <= PARTS_OF_FORM
            ? Optional.empty()
            : Optional.of(Booked.parse(parts.subList(3, parts.size()))),
        parts.size() == PARTS_OF_FORM
            ? Optional.of(Instants.parse(parts.get(3)))
            : Optional.empty());
  }
}
