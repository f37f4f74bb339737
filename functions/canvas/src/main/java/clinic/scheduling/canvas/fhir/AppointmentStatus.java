package clinic.scheduling.canvas.fhir;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The statuses of appointments in Canvas (docs/facts/canvas.md 3.2). */
public enum AppointmentStatus {
  /** Unconfirmed, as every new booking is. */
  PROPOSED("scheduled"),
  /** The practice has tried to reach the patient. */
  PENDING("scheduled"),
  /** Confirmed by the patient. */
  BOOKED("confirmed"),
  ARRIVED("arrived"),
  /** The patient has been led to a room. */
  CHECKED_IN("arrived"),
  /** The visit is over. */
  FULFILLED("completed"),
  NOSHOW("no-show"),
  WAITLIST("waitlisted"),
  CANCELLED("cancelled"),
  /** Deleted; Canvas never accepts it in a write. */
  ENTERED_IN_ERROR("cancelled");

  private final String word;

  AppointmentStatus(String word) {
    this.word = word;
  }

  /** The word in our API. */
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

  /** Whether an appointment with this status occupies the clinician's time. */
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
