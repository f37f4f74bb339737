package clinic.scheduling.calendaraccess.meeting;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * One meeting in a calendar, or one instance of a recurring meeting. The fields of both providers
 * are mapped to the fields of this record ({@code docs/facts/outlook.md} 2 and 3, {@code
 * docs/facts/google.md} 2 and 3).
 *
 * @param id the provider's id of the event or instance
 * @param uid the iCalendar UID of the event or, for an instance, of its series. The same meeting
 *     has the same UID in the calendars of both providers
 * @param series the provider's id of the series; empty for a single meeting
 * @param originalStart when the instance begins by the rule of its series, even if it was moved;
 *     empty for a single meeting. For an all-day instance, the start of that day in UTC
 * @param availability how the meeting is shown
 * @param answer what the owner of the calendar has answered to the invitation
 * @param isPrivate whether the details are hidden from other people who see the calendar
 * @param subject the title of the meeting; empty if there is none
 * @param isOurs whether the event carries our stamp, or its id is that of an entry of ours. Then it
 *     shows a visit, or is a copy of an event that does
 */
public record Meeting(
    String id,
    String uid,
    Optional<String> series,
    Optional<Instant> originalStart,
    When when,
    Availability availability,
    Kind kind,
    Answer answer,
    boolean isCancelled,
    boolean isPrivate,
    Optional<Phi<String>> subject,
    boolean isOurs) {

  /** All-day meetings have no zone here. These are the first and the last zone of the earth. */
  private static final ZoneOffset FIRST_ZONE = ZoneOffset.ofHours(14);

  private static final ZoneOffset LAST_ZONE = ZoneOffset.ofHours(-12);

  /** The same event, as one that we have written. */
  public Meeting asOurs() {
    return new Meeting(
        id,
        uid,
        series,
        originalStart,
        when,
        availability,
        kind,
        answer,
        isCancelled,
        isPrivate,
        subject,
        true);
  }

  /**
   * Whether the meeting overlaps the window. An all-day meeting does so if it does in any zone of
   * the earth. A meeting without a duration does so if it begins in the window.
   */
  public boolean overlaps(Interval window) {
    return when.accept(
        new When.Visitor<>() {
          @Override
          public Boolean timed(Timed timed) {
            return timed.start().isBefore(window.end())
                && (timed.end().isAfter(window.start()) || !timed.start().isBefore(window.start()));
          }

          @Override
          public Boolean allDay(AllDay days) {
            return days.start().atStartOfDay().toInstant(FIRST_ZONE).isBefore(window.end())
                && days.end().atStartOfDay().toInstant(LAST_ZONE).isAfter(window.start());
          }
        });
  }

  /** When a meeting takes place. */
  public sealed interface When {
    <R> R accept(Visitor<R> visitor);

    /** Handles each case. */
    interface Visitor<R> {
      R timed(Timed timed);

      R allDay(AllDay allDay);
    }
  }

  /**
   * A meeting with a time of day.
   *
   * @param end exclusive; equal to the start for a meeting without a duration or an end
   */
  public record Timed(Instant start, Instant end) implements When {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.timed(this);
    }
  }

  /**
   * A meeting of whole days, in the zone of the clinic.
   *
   * @param end the first day after the meeting
   */
  public record AllDay(LocalDate start, LocalDate end) implements When {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.allDay(this);
    }
  }

  /** How a meeting is shown, in the words of Graph's {@code showAs}. */
  public enum Availability {
    FREE,
    TENTATIVE,
    BUSY,
    OOF,
    WORKING_ELSEWHERE,
    UNKNOWN
  }

  /** What kind of event it is, in the words of Google's {@code eventType}. */
  public enum Kind {
    DEFAULT,
    FOCUS_TIME,
    OUT_OF_OFFICE,
    WORKING_LOCATION,
    BIRTHDAY,
    FROM_GMAIL,
    /** A kind that we do not know. */
    OTHER
  }

  /** The owner's answer to an invitation. A meeting without an invitation counts as accepted. */
  public enum Answer {
    ACCEPTED,
    TENTATIVE,
    DECLINED,
    NOT_ANSWERED
  }

  /**
   * What decides whether a meeting blocks time. A reader that needs nothing else asks the provider
   * for nothing else.
   */
  public record Facts(
      When when,
      Availability availability,
      Kind kind,
      Answer answer,
      boolean isCancelled,
      boolean isOurs) {}
}
