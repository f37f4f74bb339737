package clinic.scheduling.calendars;

import clinic.scheduling.core.practice.CalendarBinding.Provider;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;

/** Finds the implementation of a calendar provider. */
@Singleton
public final class Calendars {
  private final List<Calendar> all;

  Calendars(@All List<Calendar> all) {
    this.all = List.copyOf(all);
  }

  public Calendar of(Provider provider) {
    return all.stream().filter(one -> one.provider() == provider).findFirst().orElseThrow();
  }
}
