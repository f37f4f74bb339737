package clinic.scheduling.meetings.compare;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendars.effect.MeetingRounds;
import clinic.scheduling.calendars.meeting.MeetingChange;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.meetings.plan.CalendarMeetings;
import clinic.scheduling.meetings.plan.CalendarMeetings.State;
import clinic.scheduling.meetings.plan.StoredMeeting;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Reads all meetings of a calendar, and stores nothing. */
@Singleton
public final class FreshMeetings {
  private final MeetingRounds rounds;
  private final Practice practice;
  private final byte[] digestKey;

  public FreshMeetings(MeetingRounds rounds, Practice practice, SignedTokens tokens) {
    this.rounds = rounds;
    this.practice = practice;
    this.digestKey = StoredMeeting.digestKey(tokens);
  }

  /**
   * What was read.
   *
   * @param calendar the meetings; the state is {@code UNREAD}, and there are none, if they could
   *     not be read
   * @param unread why they could not be read, in one word
   */
  public record Result(CalendarMeetings calendar, Optional<String> unread) {}

  /**
   * @param practitioner the Canvas staff key of the clinician who has the calendar
   */
  public Result read(String practitioner, CalendarBinding binding, Interval window) {
    return rounds
        .readAll(binding, window)
        .round()
        .accept(new ToResult(practitioner, binding, window));
  }

  private final class ToResult implements MeetingRound.Visitor<Result> {
    private final String practitioner;
    private final CalendarBinding binding;
    private final Interval window;

    ToResult(String practitioner, CalendarBinding binding, Interval window) {
      this.practitioner = practitioner;
      this.binding = binding;
      this.window = window;
    }

    @Override
    public Result read(MeetingRound.Read round) {
      List<StoredMeeting> meetings =
          round.changes().stream()
              .flatMap(change -> meeting(change).stream())
              .map(one -> StoredMeeting.of(one, practitioner, binding.key(), digestKey))
              .toList();
      return new Result(calendar(State.READ, meetings), Optional.empty());
    }

    @Override
    public Result cursorExpired(MeetingRound.CursorExpired round) {
      return unread("cursor-expired");
    }

    @Override
    public Result tooMany(MeetingRound.TooMany round) {
      return unread("too-many");
    }

    @Override
    public Result unreadable(MeetingRound.Unreadable round) {
      return unread(round.why().code());
    }

    private Result unread(String why) {
      return new Result(calendar(State.UNREAD, List.of()), Optional.of(why));
    }

    private CalendarMeetings calendar(State state, List<StoredMeeting> meetings) {
      return new CalendarMeetings(
          binding.key(),
          binding.meetings(),
          practice.zoneOfMeetings(binding),
          window,
          state,
          meetings);
    }
  }

  private static Optional<Meeting> meeting(MeetingChange change) {
    return change.fold(present -> Optional.of(present.meeting()), removed -> Optional.empty());
  }
}
