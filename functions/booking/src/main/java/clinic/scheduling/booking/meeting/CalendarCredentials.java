package clinic.scheduling.booking.meeting;

import clinic.scheduling.calendaraccess.google.GoogleAccess;
import clinic.scheduling.calendaraccess.outlook.GraphAccess;
import jakarta.inject.Singleton;

/** The credentials of {@link CalendarKeys}, once it is known that they are set. */
@Singleton
final class CalendarCredentials implements GraphAccess, GoogleAccess {
  private final CalendarKeys keys;

  CalendarCredentials(CalendarKeys keys) {
    this.keys = keys;
  }

  @Override
  public String clientId() {
    return keys.graphClientId().orElseThrow();
  }

  @Override
  public String clientSecret() {
    return keys.graphClientSecret().orElseThrow();
  }

  @Override
  public String serviceAccount() {
    return keys.googleServiceAccount().orElseThrow();
  }
}
