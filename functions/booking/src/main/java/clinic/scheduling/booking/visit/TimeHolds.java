package clinic.scheduling.booking.visit;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.VisitTypes;
import clinic.scheduling.canvas.availability.VacatedTimes;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.hold.Hold;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.VisitType;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes and releases the holds of bookings and moves. A hold that is in the way may belong to a
 * visit that staff have cancelled or moved, of which no notice has reached us yet. So we read the
 * appointment of that visit in Canvas. If the visit has left the time, we release the hold
 * (docs/decisions/0036-a-hold-ends-with-its-visit.md).
 */
@Singleton
public class TimeHolds {
  private static final Log LOG = Log.of(TimeHolds.class);

  /**
   * We hold a booked time for at least this long, since Canvas may still offer the time for a
   * while.
   */
  private static final Duration MIN_BOOKED_HOLD = Duration.ofMinutes(10);

  private static final Duration BEYOND_OFFERS = Duration.ofMinutes(1);

  /**
   * If more holds than this are in the way, we do not ask Canvas about them: it is unlikely that
   * all of their visits have left the time.
   */
  private static final int MAX_CHECKED = 3;

  private final Practice practice;
  private final Holds holds;
  private final Canvas canvas;
  private final Clock clock;
  private final String system;

  public TimeHolds(
      Practice practice, Holds holds, Canvas canvas, Clock clock, IdentifierSystem system) {
    this.practice = practice;
    this.holds = holds;
    this.canvas = canvas;
    this.clock = clock;
    this.system = system.uri();
  }

  /** A time of a clinician, with the buffers that this visit needs. */
  public RequestedTime of(VisitThread thread, String practitioner, Interval time) {
    Optional<VisitType> type = VisitTypes.of(thread.current(), practice);
    return new RequestedTime(
        owner(thread),
        practitioner,
        time.widened(
            type.map(VisitType::bufferBefore).orElse(Duration.ZERO),
            type.map(VisitType::bufferAfter).orElse(Duration.ZERO)));
  }

  /** The owner of the holds of this visit. */
  public String owner(VisitThread thread) {
    return thread.bookingId(system).orElse(thread.rootId());
  }

  /** Holds a time for as long as a booking may take; false if somebody else holds a part of it. */
  public boolean takeForBooking(RequestedTime wanted) {
    return take(wanted, Duration.ofSeconds(practice.holds().bookingSeconds()));
  }

  /** Holds a time for a visit that moves there; false if somebody else holds a part of it. */
  public boolean takeForMove(RequestedTime wanted) {
    return take(wanted, bookedHold());
  }

  private boolean take(RequestedTime wanted, Duration length) {
    return hold(wanted, length) || (releaseVacated(wanted) && hold(wanted, length));
  }

  private boolean hold(RequestedTime wanted, Duration length) {
    return holds.holdBeside(
        wanted.holders(), wanted.practitioner(), wanted.owner(), wanted.time(), length);
  }

  /**
   * Holds a time before it is booked: for a form that a patient fills in, or while they look for
   * the code of a verification.
   *
   * @param holders the owners of other holds that the caller has on the time
   * @param wanted the hold; its owner is the form or the verification
   * @param rule gets the other holds of this kind with this clinician on this day, and throws to
   *     refuse
   * @return the hold; empty if somebody else holds a part of the time
   */
  public Optional<Hold> takeBefore(
      List<String> holders, String practitioner, Hold wanted, Consumer<List<Hold>> rule) {
    Optional<Hold> taken = holds.holdForForm(holders, practitioner, wanted, rule);
    RequestedTime time = new RequestedTime(wanted.owner(), practitioner, wanted.time(), holders);
    return taken.isPresent() || !releaseVacated(time)
        ? taken
        : holds.holdForForm(holders, practitioner, wanted, rule);
  }

  /** Whether the caller already holds the time, with a form or a verification. */
  public boolean isHeldByCaller(RequestedTime wanted) {
    return wanted.holders().stream()
        .anyMatch(holder -> holds.ofForm(wanted.practitioner(), holder, wanted.time()).isPresent());
  }

  /** Ends the other holds of the caller, those of a form and of a verification. */
  public void releaseHolders(RequestedTime booked) {
    booked.holders().forEach(holder -> holds.release(booked.practitioner(), holder, booked.time()));
  }

  /** Whether somebody else holds a part of the time. */
  public boolean isHeldByOthers(RequestedTime wanted) {
    return !heldByOthers(wanted).isEmpty();
  }

  private List<Hold> heldByOthers(RequestedTime wanted) {
    return holds.conflicting(wanted.practitioner(), wanted.owner(), wanted.time()).stream()
        .filter(other -> !wanted.holders().contains(other.owner()))
        .toList();
  }

  /**
   * Releases the holds in the way if all of them belong to visits that have left the time. Returns
   * whether it did.
   */
  private boolean releaseVacated(RequestedTime wanted) {
    String practitioner = wanted.practitioner();
    List<Hold> others = heldByOthers(wanted);
    if (others.size() > MAX_CHECKED
        || !others.stream().allMatch(other -> isVacated(practitioner, other))) {
      return false;
    }
    others.forEach(other -> holds.release(practitioner, other));
    return true;
  }

  /**
   * Whether the visit of the hold has left the time. If Canvas does not answer, the hold remains
   * valid.
   */
  private boolean isVacated(String practitioner, Hold other) {
    try {
      return other
          .booked()
          .flatMap(booked -> canvas.appointment(booked.appointment()))
          .map(seen -> VacatedTimes.Shown.of(seen.resource()))
          .filter(shown -> VacatedTimes.hasLeft(other, practitioner, shown, clock.instant()))
          .isPresent();
    } catch (UnavailableException e) {
      LOG.warn("hold-not-looked-at", "system", e.system());
      return false;
    }
  }

  public boolean isHeld(RequestedTime held) {
    return holds.taken(held.practitioner()).times().contains(held.time());
  }

  /**
   * Goes on holding the time of an appointment that was created at this time just now. Such an
   * appointment has never been at another time.
   */
  public void keepCreated(RequestedTime held, String appointment) {
    holds.holdCreated(held.practitioner(), held.owner(), held.time(), bookedHold(), appointment);
  }

  /** Goes on holding the time of an appointment that may have been at another time before. */
  public void keep(RequestedTime held, String appointment) {
    // If another owner holds the time by now, this does nothing.
    holds.hold(held.practitioner(), held.owner(), held.time(), bookedHold(), appointment);
  }

  /** Releases the hold. Does nothing unless the owner holds exactly this time of this clinician. */
  public void release(RequestedTime held) {
    holds.release(held.practitioner(), held.owner(), held.time());
  }

  /**
   * How long we hold a booked time: until every slot that was offered before has expired, and at
   * least ten minutes.
   */
  private Duration bookedHold() {
    Duration offers = Duration.ofMinutes(practice.tokens().slotMinutes()).plus(BEYOND_OFFERS);
    return offers.compareTo(MIN_BOOKED_HOLD) > 0 ? offers : MIN_BOOKED_HOLD;
  }
}
