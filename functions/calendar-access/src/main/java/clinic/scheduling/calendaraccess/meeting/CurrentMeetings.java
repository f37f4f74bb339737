package clinic.scheduling.calendaraccess.meeting;

import clinic.scheduling.core.Interval;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The port through which a caller who cannot wait asks one calendar which meetings it has now. It
 * makes one request for meetings, returns every outcome as a value, and reads no text of a meeting.
 */
public interface CurrentMeetings {

  /** The most meetings that an answer may have. */
  int MOST = 250;

  /**
   * How much time before and after the asked one is read too. A provider may place an all-day
   * meeting by another zone than the clinic's, which differs by less than this.
   */
  Duration MARGIN = Duration.ofDays(1);

  /** The meetings that overlap this time, and perhaps others that are near it. */
  Result at(String mailbox, Interval time);

  /** The answer to {@link #at}. */
  sealed interface Result {
    <R> R fold(Function<Read, R> read, Function<Unreadable, R> unreadable);
  }

  /** All meetings, those that block no time included. */
  record Read(List<Meeting.Facts> meetings) implements Result {
    public Read {
      meetings = List.copyOf(meetings);
    }

    @Override
    public <R> R fold(Function<Read, R> read, Function<Unreadable, R> unreadable) {
      return read.apply(this);
    }
  }

  /**
   * Nothing is known about the time.
   *
   * @param pause how long the provider asks us not to call the mailbox
   */
  record Unreadable(Why why, Optional<Duration> pause) implements Result {
    public static Unreadable because(Why why) {
      return new Unreadable(why, Optional.empty());
    }

    public static Unreadable throttled(Duration pause) {
      return new Unreadable(Why.THROTTLED, Optional.of(pause));
    }

    @Override
    public <R> R fold(Function<Read, R> read, Function<Unreadable, R> unreadable) {
      return unreadable.apply(this);
    }
  }

  /** Why a calendar could not be read. */
  enum Why {
    /** We have no access to the mailbox, or not yet. */
    DENIED,
    NO_SUCH_MAILBOX,
    THROTTLED,
    /** More than {@link #MOST} meetings. */
    TOO_MANY,
    /** No answer, or one that we do not understand. */
    FAILED
  }
}
