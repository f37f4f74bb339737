package clinic.scheduling.canvas.availability;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.hold.Hold;
import clinic.scheduling.core.hold.Hold.Booked;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides whether an appointment has left the time that we hold for it. We keep a hold after the
 * booking, because reads of Canvas may lag. If staff then move or cancel the appointment, the hold
 * would only hide free time (docs/decisions/0036). Pure functions.
 */
public final class VacatedTimes {
  /**
   * For this long after Canvas accepted a booking or a move, a read may show the previous state.
   * Within this time, a read proves that the appointment has left only if it shows a state that the
   * appointment never had before:
   *
   * <ul>
   *   <li>The appointment is cancelled.
   *   <li>The appointment was created at the held time, and the read shows it at another time, with
   *       another clinician, or without occupying time.
   * </ul>
   */
  static final Duration READ_LAG = Duration.ofSeconds(30);

  private VacatedTimes() {}

  /**
   * An appointment as read, without patient data.
   *
   * @param practitioner the Canvas staff key; empty if there is none
   * @param takesTime whether the appointment occupies time; true if its status is unknown
   * @param time empty if unreadable
   */
  public record Shown(
      String id, String practitioner, boolean gone, boolean takesTime, Optional<Interval> time) {
    public static Shown of(Appointment one) {
      Optional<AppointmentStatus> status = one.knownStatus();
      return new Shown(
          one.id() == null ? "" : one.id(),
          one.practitioner().orElse(""),
          status.map(AppointmentStatus::isGone).orElse(false),
          status.map(AppointmentStatus::occupiesTime).orElse(true),
          one.time());
    }

    private boolean occupies(Interval held, String practitionerOfHold) {
      return takesTime
          && practitioner.equals(practitionerOfHold)
          && time.map(held::contains).orElse(true);
    }
  }

  /**
   * Whether an appointment has certainly left the time of a hold.
   *
   * @param shown the appointment that the hold names, read by its id
   * @return false for a hold of a booking in progress, and whenever we are not certain
   */
  public static boolean hasLeft(Hold hold, String practitioner, Shown shown, Instant now) {
    return hold.booked()
        .filter(booked -> booked.appointment().equals(shown.id()))
        .filter(booked -> shown.gone() || booked.created() || isPastReadLag(now, booked))
        .filter(booked -> !shown.occupies(hold.time(), practitioner))
        .isPresent();
  }

  /**
   * The times of the holds whose appointments are not known to have left.
   *
   * @param shown all appointments of the practitioner around these times. If an appointment is
   *     missing here, it has been moved away or deleted, unless it was booked or moved so recently
   *     that the read may lag
   */
  public static List<Interval> stillHeld(
      Collection<Hold> holds, String practitioner, Collection<Shown> shown, Instant now) {
    Map<String, Shown> byId =
        shown.stream().collect(Collectors.toMap(Shown::id, Function.identity(), (a, b) -> a));
    return holds.stream()
        .filter(hold -> !hasLeft(hold, practitioner, byId, now))
        .map(Hold::time)
        .distinct()
        .toList();
  }

  private static boolean hasLeft(
      Hold hold, String practitioner, Map<String, Shown> shown, Instant now) {
    return hold.booked()
        .filter(
            booked ->
                shown.containsKey(booked.appointment())
                    ? hasLeft(hold, practitioner, shown.get(booked.appointment()), now)
                    : isPastReadLag(now, booked))
        .isPresent();
  }

  private static boolean isPastReadLag(Instant now, Booked booked) {
    return !now.isBefore(booked.since().plus(READ_LAG));
  }
}
