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
 * Whether an appointment has left the time that we hold for it. A hold outlives the booking for as
 * long as the time could be offered to others; once staff have taken the appointment away it only
 * hides free time. Pure.
 */
public final class VacatedTimes {
  /**
   * For so long after Canvas took a booking or a move a read may still show how it was before. Then
   * only what the very appointment has never been before shows that it has left: off, or, where it
   * was made at this time, elsewhere or without a time.
   */
  static final Duration SHOWN_WITHIN = Duration.ofSeconds(30);

  private VacatedTimes() {}

  /**
   * What a read says of an appointment, without anything about its patient.
   *
   * @param practitioner the Canvas staff key; empty if there is none
   * @param takesTime also where the status is not known
   * @param time empty if it cannot be read
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

    private boolean standsAt(Interval held, String practitionerOfHold) {
      return takesTime
          && practitioner.equals(practitionerOfHold)
          && time.map(held::holds).orElse(true);
    }
  }

  /**
   * @param shown the appointment that the hold names, read by its id
   * @return false for a hold of a booking that is under way, and in every doubt
   */
  public static boolean isLeft(Hold hold, String practitioner, Shown shown, Instant now) {
    return hold.booked()
        .filter(booked -> booked.appointment().equals(shown.id()))
        .filter(booked -> shown.gone() || booked.created() || isShownBy(now, booked))
        .filter(booked -> !shown.standsAt(hold.time(), practitioner))
        .isPresent();
  }

  /**
   * The times of those holds that their appointments have not left.
   *
   * @param shown every appointment of the practitioner around these times: one that is not among
   *     them stands elsewhere, or is deleted
   */
  public static List<Interval> withoutLeft(
      Collection<Hold> holds, String practitioner, Collection<Shown> shown, Instant now) {
    Map<String, Shown> byId =
        shown.stream().collect(Collectors.toMap(Shown::id, Function.identity(), (a, b) -> a));
    return holds.stream()
        .filter(hold -> !isLeft(hold, practitioner, byId, now))
        .map(Hold::time)
        .distinct()
        .toList();
  }

  private static boolean isLeft(
      Hold hold, String practitioner, Map<String, Shown> shown, Instant now) {
    return hold.booked()
        .filter(
            booked ->
                shown.containsKey(booked.appointment())
                    ? isLeft(hold, practitioner, shown.get(booked.appointment()), now)
                    : isShownBy(now, booked))
        .isPresent();
  }

  private static boolean isShownBy(Instant now, Booked booked) {
    return !now.isBefore(booked.since().plus(SHOWN_WITHIN));
  }
}
