package clinic.scheduling.calendars.meeting;

import clinic.scheduling.calendars.CalendarOutcome;
import java.util.List;

/** The result of reading a calendar once, page by page. */
public sealed interface MeetingRound {

  <R> R accept(Visitor<R> visitor);

  /** Handles each answer. */
  interface Visitor<R> {
    R read(Read round);

    R cursorExpired(CursorExpired round);

    R tooMany(TooMany round);

    R unreadable(Unreadable round);
  }

  /**
   * All pages were read.
   *
   * @param changes one for each event: if the provider sent an event twice, the later change. The
   *     removed ones come first, so that a caller can apply the changes in this order
   * @param cursor where the next round begins
   */
  record Read(List<MeetingChange> changes, String cursor) implements MeetingRound {
    public Read {
      changes = List.copyOf(changes);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.read(this);
    }
  }

  /** The provider no longer knows the cursor. All meetings have to be read again. */
  record CursorExpired() implements MeetingRound {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.cursorExpired(this);
    }
  }

  /**
   * The calendar, or one series in it, has more instances in the window than we read. We draw no
   * conclusion from such a round.
   *
   * @param limit the limit that was reached
   */
  record TooMany(int limit) implements MeetingRound {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.tooMany(this);
    }
  }

  /** Not all pages could be read, so none is used. */
  record Unreadable(CalendarOutcome.Failure why) implements MeetingRound {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.unreadable(this);
    }
  }

  /**
   * The round for a call that failed. {@code NotFound} means here that there is no such calendar.
   * {@code Gone} means that the provider has forgotten the pages of this round.
   */
  static MeetingRound failed(CalendarOutcome failure) {
    return new Unreadable(
        failure
            .asFailure()
            .orElseGet(
                () ->
                    failure.isGone()
                        ? CalendarOutcome.Busy.notVisibleYet()
                        : new CalendarOutcome.Refused("no-such-calendar")));
  }
}
