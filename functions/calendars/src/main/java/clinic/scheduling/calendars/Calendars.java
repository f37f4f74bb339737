package clinic.scheduling.calendars;

import clinic.scheduling.calendaraccess.keys.CalendarProviders;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** Finds the implementation of a calendar provider that is on. */
@Singleton
public final class Calendars {
  private final List<Calendar> all;

  @Inject
  Calendars(@All List<Calendar> all, CalendarProviders providers) {
    this(all.stream().filter(one -> providers.isOn(one.provider())).toList());
  }

  Calendars(List<Calendar> all) {
    this.all = List.copyOf(all);
  }

  /** Whether the provider is on. */
  public boolean have(Provider provider) {
    return all.stream().anyMatch(one -> one.provider() == provider);
  }

  public Calendar of(Provider provider) {
    return all.stream().filter(one -> one.provider() == provider).findFirst().orElseThrow();
  }
}
