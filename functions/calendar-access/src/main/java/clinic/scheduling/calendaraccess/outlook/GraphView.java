package clinic.scheduling.calendaraccess.outlook;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Kind;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import clinic.scheduling.calendaraccess.meeting.Meeting.When;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page of {@code calendarView}, with the fields that decide whether a meeting blocks time. Texts
 * of meetings are not asked for.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record GraphView(
    @Nullable List<Event> value, @JsonProperty("@odata.nextLink") @Nullable String nextLink) {

  /** The fields of {@link Event}. */
  static final String SELECT = "id,showAs,isAllDay,isCancelled,responseStatus,start,end";

  /** The zone in which we read times. */
  static final String ZONE = "UTC";

  private static final int HALF_A_DAY_IN_HOURS = 12;

  /**
   * @throws DateTimeException if a time is not in the form that we asked for
   */
  List<Meeting.Facts> meetings() {
    return Stream.ofNullable(value).flatMap(List::stream).map(Event::facts).toList();
  }

  boolean isWhole() {
    return nextLink == null;
  }

  /** One event, or one occurrence of a recurring event. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Event(
      @Nullable String showAs,
      boolean isAllDay,
      boolean isCancelled,
      @Nullable Response responseStatus,
      @Nullable Time start,
      @Nullable Time end,
      @Nullable List<Property> singleValueExtendedProperties) {

    Meeting.Facts facts() {
      return new Meeting.Facts(
          when(),
          availability(),
          Kind.DEFAULT,
          answer(),
          isCancelled,
          Stream.ofNullable(singleValueExtendedProperties)
              .flatMap(List::stream)
              .anyMatch(Property::isStamp));
    }

    private When when() {
      LocalDateTime from = required(start).inUtc();
      LocalDateTime until = end == null ? from : end.inUtc();
      return isAllDay
          ? new AllDay(day(from), day(until))
          : new Timed(from.toInstant(ZoneOffset.UTC), until.toInstant(ZoneOffset.UTC));
    }

    private static Time required(@Nullable Time time) {
      if (time == null) {
        throw new DateTimeException("an event without a start");
      }
      return time;
    }

    /**
     * The day that begins then. It begins at midnight of some zone, which is less than half a day
     * from midnight in UTC.
     */
    private static LocalDate day(LocalDateTime midnight) {
      return midnight.plusHours(HALF_A_DAY_IN_HOURS).toLocalDate();
    }

    private Availability availability() {
      return switch (Objects.requireNonNullElse(showAs, "")) {
        case "free" -> Availability.FREE;
        case "tentative" -> Availability.TENTATIVE;
        case "busy" -> Availability.BUSY;
        case "oof" -> Availability.OOF;
        case "workingElsewhere" -> Availability.WORKING_ELSEWHERE;
        default -> Availability.UNKNOWN;
      };
    }

    private Answer answer() {
      @Nullable String response = responseStatus == null ? null : responseStatus.response();
      return switch (Objects.requireNonNullElse(response, "none")) {
        case "declined" -> Answer.DECLINED;
        case "tentativelyAccepted" -> Answer.TENTATIVE;
        case "notResponded" -> Answer.NOT_ANSWERED;
        default -> Answer.ACCEPTED;
      };
    }
  }

  /** What the owner of the calendar has answered. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Response(@Nullable String response) {}

  /** A time without an offset. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Time(@Nullable String dateTime, @Nullable String timeZone) {
    LocalDateTime inUtc() {
      if (dateTime == null || !ZONE.equals(timeZone)) {
        throw new DateTimeException("not a time in UTC");
      }
      return LocalDateTime.parse(dateTime);
    }
  }

  /** An extended property. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Property(@Nullable String id, @Nullable String value) {
    boolean isStamp() {
      return EntryStamp.OUTLOOK_PROPERTY.equalsIgnoreCase(id)
          && value != null
          && EntryStamp.parse(value).isPresent();
    }
  }
}
