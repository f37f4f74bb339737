package clinic.scheduling.core.verification;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Phi;
import java.time.Instant;
import java.util.Optional;

/**
 * A booking that waits until its caller has proved that a contact point is theirs.
 *
 * @param id 128 random bits; whoever has it may try a code
 * @param contact the contact point that was typed
 * @param language the language that the caller chose, if they chose one
 * @param request the body of the request to book, as it was sent
 * @param code the number of the latest code; only this one is right
 * @param codeAt when the latest code was asked for
 * @param tries how many codes were tried; a right one does not count in the end
 * @param end when the verification ends
 */
public record Verification(
    String id,
    State state,
    ContactPoint contact,
    Optional<String> language,
    Phi<String> request,
    int code,
    Instant codeAt,
    int tries,
    Instant end) {

  /** How far a verification is. */
  public enum State {
    /** Nobody has sent the right code yet. */
    WAITING,
    /** Somebody has sent the right code; the booking is under way, or was refused. */
    PROVEN,
    /** The visit is booked. */
    BOOKED
  }

  public boolean isWaiting() {
    return state == State.WAITING;
  }

  public int triesLeft() {
    return Verifications.TRIES - tries;
  }

  /** Our identifier of the appointment that is booked after the proof. */
  public String bookingId() {
    return bookingId(id);
  }

  /** The owner of the hold on the time. */
  public String holder() {
    return holder(id);
  }

  public static String bookingId(String id) {
    return "bk-" + Digest.of("verification", id);
  }

  public static String holder(String id) {
    return "verification-" + Digest.of("verification hold", id);
  }
}
