package clinic.scheduling.fanout;

import clinic.scheduling.core.practice.CalendarBinding.Provider;
import jakarta.inject.Singleton;

/** Which calendar a provider's name stands for. */
@Singleton
final class Calendars {
  private final OutlookCalendar outlook;
  private final GoogleCalendar google;

  Calendars(OutlookCalendar outlook, GoogleCalendar google) {
    this.outlook = outlook;
    this.google = google;
  }

  Calendar of(Provider provider) {
    return switch (provider) {
      case OUTLOOK -> outlook;
      case GOOGLE -> google;
    };
  }
}
