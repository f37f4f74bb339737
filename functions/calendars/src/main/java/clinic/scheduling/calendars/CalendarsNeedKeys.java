package clinic.scheduling.calendars;

import clinic.scheduling.calendaraccess.keys.CalendarProviders;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.setup.PracticeRule;
import jakarta.inject.Singleton;
import java.util.List;

/** A calendar in the practice document needs the keys of its provider. */
@Singleton
final class CalendarsNeedKeys implements PracticeRule {
  private final CalendarProviders providers;

  CalendarsNeedKeys(CalendarProviders providers) {
    this.providers = providers;
  }

  @Override
  public List<FieldError> apply(Practice practice) {
    return providers.errors(practice, calendar -> true);
  }
}
