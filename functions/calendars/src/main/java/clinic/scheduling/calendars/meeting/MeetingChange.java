package clinic.scheduling.calendars.meeting;

import java.util.function.Function;

/** What one item of a round says about one event. */
public sealed interface MeetingChange {

  /** The provider's id of the event. */
  String id();

  <R> R fold(Function<Present, R> present, Function<Removed, R> removed);

  /** The meeting is in the calendar, like this. */
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
   * The event is not in the window: it was deleted, or it is outside the window now, or it was
   * never in it. The id may be one that we have never seen, and then means nothing. If it is the id
   * of a series, all its instances are gone.
   */
  record Removed(String id) implements MeetingChange {
    @Override
    public <R> R fold(Function<Present, R> present, Function<Removed, R> removed) {
      return removed.apply(this);
    }
  }
}
