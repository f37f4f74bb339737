package clinic.scheduling.calendars.meeting;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import java.util.function.Function;

/** What a {@link MeetingRound} says about one event. */
public sealed interface MeetingChange {

  /** The provider's id of the event. */
  String id();

  <R> R fold(Function<Present, R> present, Function<Removed, R> removed);

  /**
   * The meeting is in the calendar and looks like this now. A single meeting may become a series
   * under the same id, and a series a single meeting. So if an instance of a series is present, no
   * single meeting has the id of the series. If a single meeting is present, no instance has its id
   * as series.
   */
  record Present(Meeting meeting) implements MeetingChange {
    @Override
    public String id() {
      return meeting.id();
    }

    @Override
    public <R> R fold(Function<Present, R> present, Function<Removed, R> removed) {
      return present.apply(this);
    }
  }

  /**
   * The event is not in the window: it was deleted, it is outside the window now, or it was never
   * in the window. If we have never seen the id, there is nothing to do. If the id is that of a
   * series, those instances of the series are gone that this round does not show as present.
   */
  record Removed(String id) implements MeetingChange {
    @Override
    public <R> R fold(Function<Present, R> present, Function<Removed, R> removed) {
      return removed.apply(this);
    }
  }
}
