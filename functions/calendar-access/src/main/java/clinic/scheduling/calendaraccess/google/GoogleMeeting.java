package clinic.scheduling.calendaraccess.google;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Kind;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import clinic.scheduling.calendaraccess.meeting.Meeting.When;
import clinic.scheduling.core.Instants;
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
public record GoogleMeeting(
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

  /** The fields that decide whether the event blocks time, in the syntax of {@code fields}. */
  static final String FIELDS_OF_FACTS =
      "status,start,end,endTimeUnspecified,transparency,eventType,"
          + "attendees(self,responseStatus),extendedProperties/private";

  /** All fields of this record, in the same syntax. */
  public static final String FIELDS =
      FIELDS_OF_FACTS + ",id,summary,visibility,iCalUID,recurringEventId,originalStartTime";

  /** An RFC 3339 time, or the date of an all-day event. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Time(@Nullable String dateTime, @Nullable String date) {
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
  public record Attendee(boolean self, @Nullable String responseStatus) {}

  /** The private extended properties, which hold our stamp. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Properties(
      @JsonProperty("private") @Nullable Map<String, String> privateProperties) {
    /** A copy that a person makes of an entry has its properties too. */
    boolean areOurs() {
      Map<String, String> all = Objects.requireNonNullElse(privateProperties, Map.of());
      return EntryStamp.GOOGLE_OURS.equals(all.get(EntryStamp.GOOGLE_MARK))
          || Optional.ofNullable(all.get(EntryStamp.GOOGLE_PROPERTY))
              .flatMap(EntryStamp::parse)
              .isPresent();
    }
  }

  public boolean isDeleted() {
    return "cancelled".equals(status);
  }

  /**
   * The id of the series, if this is an instance that was cancelled. Such an instance may have only
   * its id, which begins with the id of its series. The ids of other events have no underscore,
   * except for one at the beginning.
   */
  public Optional<String> seriesOfCancelled() {
    return Optional.ofNullable(id)
        .filter(known -> isDeleted() && known.lastIndexOf('_') > 0)
        .map(known -> known.substring(0, known.lastIndexOf('_')));
  }

  /** Empty if the event cannot be understood. */
  public Optional<Meeting> meeting() {
    try {
      return id == null ? Optional.empty() : facts().map(facts -> meeting(id, facts));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Empty if the event cannot be understood. Google calls an event that was cancelled deleted, so
   * none of these is cancelled.
   */
  Optional<Meeting.Facts> facts() {
    try {
      return when().map(this::facts);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Meeting.Facts facts(When when) {
    return new Meeting.Facts(
        when,
        availability(),
        kind(),
        answer(),
        false,
        extendedProperties != null && extendedProperties.areOurs());
  }

  private Meeting meeting(String known, Meeting.Facts facts) {
    return new Meeting(
        known,
        Objects.requireNonNullElse(uid, known),
        Optional.ofNullable(recurringEventId),
        Optional.ofNullable(originalStartTime).map(Time::instant),
        facts.when(),
        facts.availability(),
        facts.kind(),
        facts.answer(),
        facts.isCancelled(),
        "private".equals(visibility) || "confidential".equals(visibility),
        Optional.ofNullable(summary).filter(text -> !text.isBlank()).map(Phi::of),
        facts.isOurs());
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
