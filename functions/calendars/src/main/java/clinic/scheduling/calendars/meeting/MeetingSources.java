package clinic.scheduling.calendars.meeting;

import clinic.scheduling.core.practice.CalendarBinding.Provider;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;

/** Finds the source of the meetings of a calendar provider. */
@Singleton
public final class MeetingSources {
  private final List<MeetingSource> all;

  MeetingSources(@All List<MeetingSource> all) {
    this.all = List.copyOf(all);
  }

  public MeetingSource of(Provider provider) {
    return all.stream().filter(one -> one.provider() == provider).findFirst().orElseThrow();
  }
}
