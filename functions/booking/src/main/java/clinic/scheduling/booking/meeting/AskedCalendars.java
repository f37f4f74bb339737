package clinic.scheduling.booking.meeting;

import clinic.scheduling.calendaraccess.google.GoogleMeetings;
import clinic.scheduling.calendaraccess.meeting.CurrentMeetings;
import clinic.scheduling.calendaraccess.outlook.OutlookMeetings;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The calendars that a booking has to ask, by the practice document. Only the providers of these
 * calendars are set up, so that a practice without any needs no keys for them.
 */
@Singleton
class AskedCalendars {
  private final Map<Provider, CurrentMeetings> providers = new EnumMap<>(Provider.class);

  /** The practice document was refused if it needs keys that are not set. */
  AskedCalendars(
      Practice practice,
      jakarta.inject.Provider<OutlookMeetings> outlook,
      jakarta.inject.Provider<GoogleMeetings> google) {
    Set<Provider> needed =
        practice.practitioners().stream()
            .flatMap(who -> who.calendars().stream())
            .filter(AskedCalendars::isAsked)
            .map(CalendarBinding::provider)
            .collect(Collectors.toSet());
    for (Provider provider : needed) {
      providers.put(
          provider,
          switch (provider) {
            case OUTLOOK -> outlook.get();
            case GOOGLE -> google.get();
          });
    }
  }

  List<CalendarBinding> of(Practitioner who) {
    return who.calendars().stream().filter(AskedCalendars::isAsked).toList();
  }

  CurrentMeetings meetingsIn(CalendarBinding calendar) {
    return Objects.requireNonNull(providers.get(calendar.provider()));
  }

  /**
   * Where staff may free the time of a meeting in Canvas, only Canvas knows which times are free,
   * so the calendar is not asked.
   */
  static boolean isAsked(CalendarBinding calendar) {
    return calendar.blocksCanvas()
        && calendar.meetings().checkAtBooking()
        && !calendar.meetings().staffMayFree();
  }
}
