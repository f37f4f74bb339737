package clinic.scheduling.calendaraccess.google;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Kind;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import clinic.scheduling.calendaraccess.meeting.Meeting.When;
import clinic.scheduling.calendaraccess.meeting.MeetingFacts;
import clinic.scheduling.core.Instants;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page of {@code events.list}, with the fields that decide whether a meeting blocks time. Texts
 * of meetings are not asked for.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record GoogleList(@Nullable List<Event> items, @Nullable String nextPageToken) {

  /** The fields of {@link Event}. */
  static final String FIELDS =
      "nextPageToken,items(status,start,end,endTimeUnspecified,transparency,eventType,"
          + "attendees(self,responseStatus),extendedProperties/private)";

  /**
   * @throws DateTimeException if a time is not in the form of RFC 3339
   */
  List<MeetingFacts> meetings() {
    return Stream.ofNullable(items).flatMap(List::stream).<MeetingFacts>map(Facts::of).toList();
  }

  boolean isWhole() {
    return nextPageToken == null;
  }

  /** One event, or one instance of a recurring event. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Event(
      @Nullable String status,
      @Nullable Time start,
      @Nullable Time end,
      boolean endTimeUnspecified,
      @Nullable String transparency,
      @Nullable String eventType,
      @Nullable List<Attendee> attendees,
      @Nullable Properties extendedProperties) {}

  /** A day, or an RFC 3339 time. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Time(@Nullable String date, @Nullable String dateTime) {
    Instant instant() {
      return Instants.parse(Objects.requireNonNullElse(dateTime, ""));
    }
  }

  /**
   * Somebody who was invited.
   *
   * @param self whether it is the owner of the calendar
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Attendee(boolean self, @Nullable String responseStatus) {}

  /** The private properties, which hold our stamp. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Properties(@JsonProperty("private") @Nullable Map<String, String> privateProperties) {}

  private record Facts(
      When when,
      Availability availability,
      Kind kind,
      Answer answer,
      boolean isCancelled,
      boolean isOurs)
      implements MeetingFacts {

    static Facts of(Event event) {
      return new Facts(
          when(event),
          "transparent".equals(event.transparency()) ? Availability.FREE : Availability.BUSY,
          kind(Objects.requireNonNullElse(event.eventType(), "default")),
          answer(event),
          "cancelled".equals(event.status()),
          isOurs(event));
    }

    private static When when(Event event) {
      @Nullable Time start = event.start();
      if (start == null) {
        throw new DateTimeException("an event without a start");
      }
      @Nullable Time end = event.endTimeUnspecified() ? null : event.end();
      if (start.date() != null) {
        LocalDate day = LocalDate.parse(start.date());
        return new AllDay(
            day, end == null || end.date() == null ? day.plusDays(1) : LocalDate.parse(end.date()));
      }
      return new Timed(start.instant(), end == null ? start.instant() : end.instant());
    }

    private static Kind kind(String type) {
      return switch (type) {
        case "default" -> Kind.DEFAULT;
        case "focusTime" -> Kind.FOCUS_TIME;
        case "outOfOffice" -> Kind.OUT_OF_OFFICE;
        case "workingLocation" -> Kind.WORKING_LOCATION;
        case "birthday" -> Kind.BIRTHDAY;
        case "fromGmail" -> Kind.FROM_GMAIL;
        default -> Kind.OTHER;
      };
    }

    private static Answer answer(Event event) {
      return Stream.ofNullable(event.attendees())
          .flatMap(List::stream)
          .filter(Attendee::self)
          .findFirst()
          .map(owner -> Objects.requireNonNullElse(owner.responseStatus(), ""))
          .map(Facts::answer)
          .orElse(Answer.ACCEPTED);
    }

    private static Answer answer(String responseStatus) {
      return switch (responseStatus) {
        case "declined" -> Answer.DECLINED;
        case "tentative" -> Answer.TENTATIVE;
        case "needsAction" -> Answer.NOT_ANSWERED;
        default -> Answer.ACCEPTED;
      };
    }

    private static boolean isOurs(Event event) {
      return Optional.ofNullable(event.extendedProperties())
          .map(Properties::privateProperties)
          .map(properties -> properties.get(EntryStamp.GOOGLE_PROPERTY))
          .flatMap(EntryStamp::parse)
          .isPresent();
    }
  }
}
