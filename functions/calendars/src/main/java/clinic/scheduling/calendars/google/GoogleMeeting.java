package clinic.scheduling.calendars.google;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Kind;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import clinic.scheduling.calendaraccess.meeting.Meeting.When;
import clinic.scheduling.calendars.meeting.MeetingChange;
import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event or an instance of a recurring event as {@code events.list} returns it, with the fields
 * that say when it is and how it is shown ({@code docs/facts/google.md} 2 and 3). A deleted event
 * may have nothing but an id and the status {@code cancelled}.
 *
 * @param endTimeUnspecified whether the end is only there for compatibility
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record GoogleMeeting(
    @Nullable String id,
    @Nullable String status,
    @Nullable String summary,
    @Nullable Time start,
    @Nullable Time end,
    boolean endTimeUnspecified,
    @Nullable String transparency,
    @Nullable String visibility,
    @Nullable String eventType,
    @JsonProperty("iCalUID") @Nullable String uid,
    @Nullable String recurringEventId,
    @Nullable Time originalStartTime,
    @Nullable List<Attendee> attendees,
    @Nullable Properties extendedProperties) {

  /** The fields of an event that we ask for, in the syntax of the parameter {@code fields}. */
  static final String FIELDS =
      "id,status,summary,start,end,endTimeUnspecified,transparency,visibility,eventType,iCalUID,"
          + "recurringEventId,originalStartTime,attendees(self,responseStatus),"
          + "extendedProperties/private";

  /** An RFC 3339 time, or the date of an all-day event. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Time(@Nullable String dateTime, @Nullable String date) {
    Instant instant() {
      return date == null
          ? Instants.parse(Objects.requireNonNullElse(dateTime, ""))
          : LocalDate.parse(date).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
  }

  /**
   * Somebody who was invited.
   *
   * @param self whether this is the owner of the calendar
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Attendee(boolean self, @Nullable String responseStatus) {}

  /** The private extended properties, which hold our stamp. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Properties(@JsonProperty("private") @Nullable Map<String, String> privateProperties) {
    /** A copy that a person makes of an entry has its properties too. */
    boolean areOurs() {
      Map<String, String> all = Objects.requireNonNullElse(privateProperties, Map.of());
      return GoogleEvent.OURS.equals(all.get(GoogleEvent.MARK))
          || Optional.ofNullable(all.get(EntryStamp.GOOGLE_PROPERTY))
              .flatMap(EntryStamp::parse)
              .isPresent();
    }
  }

  /**
   * What the event says about a window. A sync round also reports changes outside the window.
   *
   * @return empty if the event cannot be understood
   */
  Optional<MeetingChange> change(Interval window) {
    if (id == null) {
      return Optional.empty();
    }
    if (isCancelled()) {
      return Optional.of(new MeetingChange.Removed(id));
    }
    try {
      return when()
          .map(when -> meeting(id, when))
          .map(
              meeting ->
                  meeting.overlaps(window)
                      ? new MeetingChange.Present(meeting)
                      : new MeetingChange.Removed(id));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The id of the series, if this is an instance that was cancelled. Such an instance may have only
   * its id, which begins with the id of its series. The ids of other events have no underscore,
   * except for one at the beginning.
   */
  Optional<String> seriesOfCancelled() {
    return Optional.ofNullable(id)
        .filter(known -> isCancelled() && known.lastIndexOf('_') > 0)
        .map(known -> known.substring(0, known.lastIndexOf('_')));
  }

  private boolean isCancelled() {
    return "cancelled".equals(status);
  }

  private Meeting meeting(String known, When when) {
    return new Meeting(
        known,
        Objects.requireNonNullElse(uid, known),
        Optional.ofNullable(recurringEventId),
        Optional.ofNullable(originalStartTime).map(Time::instant),
        when,
        availability(),
        kind(),
        answer(),
        false,
        "private".equals(visibility) || "confidential".equals(visibility),
        Optional.ofNullable(summary).filter(text -> !text.isBlank()).map(Phi::of),
        extendedProperties != null && extendedProperties.areOurs());
  }

  private Optional<When> when() {
    if (start == null) {
      return Optional.empty();
    }
    @Nullable Time until = endTimeUnspecified ? null : end;
    return Optional.of(
        start.date() == null
            ? timed(start.instant(), until)
            : allDay(LocalDate.parse(start.date()), until));
  }

  private static When timed(Instant from, @Nullable Time until) {
    Instant end = until == null ? from : until.instant();
    return new Timed(from, end.isBefore(from) ? from : end);
  }

  /** An all-day event without an end is one of one day. */
  private static When allDay(LocalDate from, @Nullable Time until) {
    LocalDate end = until == null ? from : LocalDate.ofInstant(until.instant(), ZoneOffset.UTC);
    return new AllDay(from, end.isAfter(from) ? end : from.plusDays(1));
  }

  private Availability availability() {
    if ("transparent".equals(transparency)) {
      return Availability.FREE;
    }
    return "tentative".equals(status) ? Availability.TENTATIVE : Availability.BUSY;
  }

  private Kind kind() {
    return switch (Objects.requireNonNullElse(eventType, "default")) {
      case "default" -> Kind.DEFAULT;
      case "focusTime" -> Kind.FOCUS_TIME;
      case "outOfOffice" -> Kind.OUT_OF_OFFICE;
      case "workingLocation" -> Kind.WORKING_LOCATION;
      case "birthday" -> Kind.BIRTHDAY;
      case "fromGmail" -> Kind.FROM_GMAIL;
      default -> Kind.OTHER;
    };
  }

  private Answer answer() {
    String response =
        Objects.requireNonNullElse(attendees, List.<Attendee>of()).stream()
            .filter(Attendee::self)
            .flatMap(one -> Optional.ofNullable(one.responseStatus()).stream())
            .findFirst()
            .orElse("accepted");
    return switch (response) {
      case "declined" -> Answer.DECLINED;
      case "tentative" -> Answer.TENTATIVE;
      case "needsAction" -> Answer.NOT_ANSWERED;
      default -> Answer.ACCEPTED;
    };
  }

  @Override
  public String toString() {
    return "GoogleMeeting[" + id + "]";
  }
}
