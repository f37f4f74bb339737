package clinic.scheduling.canvas.fhir;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every status that Canvas reads out (docs/facts/canvas.md 3.2). */
public enum AppointmentStatus {
  /** Unconfirmed: what a new booking is. */
  PROPOSED("scheduled"),
  /** The practice tried to reach the patient. */
  PENDING("scheduled"),
  /** Confirmed by the patient. */
  BOOKED("confirmed"),
  ARRIVED("arrived"),
  /** Roomed. */
  CHECKED_IN("arrived"),
  /** Over. */
  FULFILLED("completed"),
  NOSHOW("no-show"),
  WAITLIST("waitlisted"),
  CANCELLED("cancelled"),
  /** Deleted; never accepted on a write. */
  ENTERED_IN_ERROR("cancelled");

  private final String word;

  AppointmentStatus(String word) {
    this.word = word;
  }

  /** The word of our own API. */
  public String word() {
    return word;
  }

  /** The FHIR code. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<AppointmentStatus> of(String code) {
    return Arrays.stream(values()).filter(status -> status.code().equals(code)).findFirst();
  }

  /** Whether the clinician's time is used up by it. */
  public boolean occupiesTime() {
    return switch (this) {
      case PROPOSED, PENDING, BOOKED, ARRIVED, CHECKED_IN, FULFILLED, NOSHOW -> true;
      case WAITLIST, CANCELLED, ENTERED_IN_ERROR -> false;
    };
  }

  public boolean isGone() {
    return this == CANCELLED || this == ENTERED_IN_ERROR;
  }
}
