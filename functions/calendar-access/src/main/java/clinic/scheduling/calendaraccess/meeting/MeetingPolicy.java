package clinic.scheduling.calendaraccess.meeting;

import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Kind;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import clinic.scheduling.calendaraccess.meeting.Meeting.When;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Meetings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides which meetings block time in Canvas, and when ({@code docs/meetings.md} has the table). A
 * pure function, defined for every meeting. What we do not know blocks time: in doubt, patients are
 * offered less.
 */
public final class MeetingPolicy {
  private static final Duration LONGEST_BLOCK = Duration.ofHours(24);

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
   * One part of a meeting that takes a block of its own.
   *
   * @param day how many days after the first day of the meeting
   */
  public record Part(int day, Interval time) {}

  /**
   * @param zone the zone in which all-day meetings begin and end
   */
  public static Decision of(Meeting.Facts meeting, Meetings rules, ZoneId zone) {
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

  private static boolean isShownAsBlocking(Meeting.Facts meeting, Meetings.Blocks blocks) {
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
  private static Availability shownAs(Meeting.Facts meeting) {
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

  /**
   * The blocks that a meeting takes within a window. A meeting of more than 24 hours takes one
   * block for each day of the clinic: lookups of free times read appointments from the day before
   * on, so they would not see a longer one.
   */
  public static Stream<Part> parts(Interval time, ZoneId zone, Interval window) {
    if (time.length().compareTo(LONGEST_BLOCK) <= 0) {
      return Stream.of(new Part(0, time)).filter(part -> part.time().overlaps(window));
    }
    LocalDate first = dayOf(time.start(), zone);
    LocalDate last = dayOf(time.end().minusNanos(1), zone);
    LocalDate from = later(first, dayOf(window.start(), zone));
    LocalDate to = earlier(last, dayOf(window.end().minusNanos(1), zone));
    return from.isAfter(to)
        ? Stream.empty()
        : from.datesUntil(to.plusDays(1)).flatMap(day -> part(first, day, time, zone));
  }

  private static Stream<Part> part(LocalDate first, LocalDate day, Interval time, ZoneId zone) {
    int number = (int) ChronoUnit.DAYS.between(first, day);
    return new Interval(startOf(day, zone), startOf(day.plusDays(1), zone))
        .and(time).stream().map(common -> new Part(number, common));
  }

  private static Instant startOf(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  private static LocalDate dayOf(Instant instant, ZoneId zone) {
    return LocalDate.ofInstant(instant, zone);
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }
}
