package clinic.scheduling.calendars.meeting;

import clinic.scheduling.calendars.CalendarOutcome;
import java.util.List;

/** The answer to one round of reading a calendar. */
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
   * @param changes one for each event: if the provider sent an event twice, the last one
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

  /** The provider no longer knows the cursor; a full round has to begin. */
  record CursorExpired() implements MeetingRound {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.cursorExpired(this);
    }
  }

  /**
   * The calendar has more instances in the window than we read, or one series has. Nothing is
   * concluded from such a round.
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
}
