package clinic.scheduling.booking.meeting;

import clinic.scheduling.calendaraccess.keys.CalendarProviders;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.setup.PracticeRule;
import jakarta.inject.Singleton;
import java.util.List;

/** A calendar that a booking has to ask needs the keys of its provider. */
@Singleton
final class AskedCalendarsNeedKeys implements PracticeRule {
  private final CalendarProviders providers;

  AskedCalendarsNeedKeys(CalendarProviders providers) {
    this.providers = providers;
  }

  @Override
  public List<FieldError> apply(Practice practice) {
    return providers.errors(practice, AskedCalendars::isAsked);
  }
}
