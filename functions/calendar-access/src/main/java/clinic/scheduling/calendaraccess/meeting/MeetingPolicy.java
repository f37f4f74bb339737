package clinic.scheduling.calendaraccess.meeting;

import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Kind;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import clinic.scheduling.calendaraccess.meeting.Meeting.When;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Meetings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Decides which meetings block time in Canvas, and when. A pure function, defined for every
 * meeting. What we do not know blocks time: in doubt, patients are offered less.
 */
public final class MeetingPolicy {
  private MeetingPolicy() {}

  /** Why a meeting blocks time or does not. */
  public enum Reason {
    BLOCKS,
    /** We wrote the event ourselves. */
    OURS,
    CANCELLED,
    DECLINED,
    /** A birthday or a place of work. */
    NOT_A_MEETING,
    /** The practice does not block meetings that are shown like this one. */
    SHOWN_AS,
    /** The practice does not block all-day meetings. */
    ALL_DAY,
    NO_DURATION,
    TOO_SHORT
  }

  /**
   * @param time the time of the meeting, in whole minutes; empty unless it blocks
   */
  public record Decision(Reason reason, Optional<Interval> time) {
    static Decision blocks(Interval time) {
      return new Decision(Reason.BLOCKS, Optional.of(time));
    }

    static Decision no(Reason reason) {
      return new Decision(reason, Optional.empty());
    }
  }

  /**
   * @param zone the zone in which all-day meetings begin and end
   */
  public static Decision of(MeetingFacts meeting, Meetings rules, ZoneId zone) {
    if (meeting.isOurs()) {
      return Decision.no(Reason.OURS);
    }
    if (meeting.isCancelled()) {
      return Decision.no(Reason.CANCELLED);
    }
    if (meeting.answer() == Answer.DECLINED) {
      return Decision.no(Reason.DECLINED);
    }
    if (meeting.kind() == Kind.WORKING_LOCATION || meeting.kind() == Kind.BIRTHDAY) {
      return Decision.no(Reason.NOT_A_MEETING);
    }
    return isShownAsBlocking(meeting, rules.blocks())
        ? meeting.when().accept(new ByTime(rules, zone))
        : Decision.no(Reason.SHOWN_AS);
  }

  private static boolean isShownAsBlocking(MeetingFacts meeting, Meetings.Blocks blocks) {
    return switch (shownAs(meeting)) {
      case FREE -> blocks.free();
      case TENTATIVE -> blocks.tentative();
      case BUSY, UNKNOWN -> blocks.busy();
      case OOF -> blocks.oof();
      case WORKING_ELSEWHERE -> blocks.workingElsewhere();
    };
  }

  /**
   * How the meeting counts. Outlook shows an invitation without an acceptance as tentative; Google
   * shows it as busy, so we look at the answer. Google's out-of-office events are shown as busy.
   */
  private static Availability shownAs(MeetingFacts meeting) {
    if (meeting.availability() != Availability.BUSY) {
      return meeting.availability();
    }
    if (meeting.kind() == Kind.OUT_OF_OFFICE) {
      return Availability.OOF;
    }
    return meeting.answer() == Answer.ACCEPTED ? Availability.BUSY : Availability.TENTATIVE;
  }

  /** Decides by length and time of day. */
  private record ByTime(Meetings rules, ZoneId zone) implements When.Visitor<Decision> {
    @Override
    public Decision timed(Timed timed) {
      return Interval.between(timed.start(), timed.end())
          .map(this::unlessShort)
          .orElse(Decision.no(Reason.NO_DURATION));
    }

    private Decision unlessShort(Interval time) {
      return time.length().compareTo(rules.minimumLength()) < 0
          ? Decision.no(Reason.TOO_SHORT)
          : Decision.blocks(inMinutes(time));
    }

    /** Canvas keeps whole minutes; the block covers every second of the meeting. */
    private static Interval inMinutes(Interval time) {
      Instant end = time.end().truncatedTo(ChronoUnit.MINUTES);
      return new Interval(
          time.start().truncatedTo(ChronoUnit.MINUTES),
          end.isBefore(time.end()) ? end.plus(1, ChronoUnit.MINUTES) : end);
    }

    /** An all-day meeting without an end is on one day. */
    @Override
    public Decision allDay(AllDay allDay) {
      if (!rules.blocks().allDay()) {
        return Decision.no(Reason.ALL_DAY);
      }
      LocalDate end =
          allDay.end().isAfter(allDay.start()) ? allDay.end() : allDay.start().plusDays(1);
      return Decision.blocks(new Interval(startOf(allDay.start(), zone), startOf(end, zone)));
    }
  }

  private static Instant startOf(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }
}
