package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Kind;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import clinic.scheduling.calendaraccess.meeting.Meeting.When;
import clinic.scheduling.core.Phi;
import com.microsoft.graph.models.Event;
import com.microsoft.graph.models.FreeBusyStatus;
import com.microsoft.graph.models.ResponseStatus;
import com.microsoft.graph.models.ResponseType;
import com.microsoft.graph.models.Sensitivity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event of Graph as a {@link Meeting} ({@code docs/facts/outlook.md} 2 and 3).
 *
 * @param event a single event, or an instance of a series, with the properties of {@link #select}
 * @param master the series; needed for its {@code iCalUId}, because that of an instance is another
 */
record OutlookMeeting(Event event, Optional<Event> master) {

  /** The properties that are read. */
  static String[] select() {
    return new String[] {
      "id",
      "type",
      "iCalUId",
      "seriesMasterId",
      "originalStart",
      "originalStartTimeZone",
      "start",
      "end",
      "isAllDay",
      "isCancelled",
      "showAs",
      "sensitivity",
      "responseStatus",
      "subject"
    };
  }

  /** Empty if the event has no id or if its times cannot be understood. */
  Optional<Meeting> meeting() {
    @Nullable String id = event.getId();
    try {
      return id == null ? Optional.empty() : Optional.of(meeting(id));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Meeting meeting(String id) {
    When when = when();
    return new Meeting(
        id,
        uid(id),
        Optional.ofNullable(event.getSeriesMasterId()),
        Optional.ofNullable(event.getSeriesMasterId()).map(series -> originalStart(when)),
        when,
        availability(),
        Kind.DEFAULT,
        answer(),
        Boolean.TRUE.equals(event.getIsCancelled()),
        Objects.requireNonNullElse(event.getSensitivity(), Sensitivity.Normal)
            != Sensitivity.Normal,
        Optional.ofNullable(event.getSubject()).filter(text -> !text.isBlank()).map(Phi::of),
        OutlookModels.stamps(event).findAny().isPresent()
            || master.flatMap(series -> OutlookModels.stamps(series).findAny()).isPresent());
  }

  private String uid(String id) {
    return master
        .flatMap(series -> Optional.ofNullable(series.getICalUId()))
        .or(() -> Optional.ofNullable(event.getICalUId()))
        .orElse(id);
  }

  private When when() {
    if (Boolean.TRUE.equals(event.getIsAllDay())) {
      LocalDate start = OutlookTimes.day(event.getStart(), event.getOriginalStartTimeZone());
      LocalDate end =
          event.getEnd() == null
              ? start
              : OutlookTimes.day(event.getEnd(), event.getOriginalStartTimeZone());
      return new AllDay(start, end.isAfter(start) ? end : start.plusDays(1));
    }
    // In an unknown zone, the meeting takes all the time that it may be at. If we did not use the
    // round instead, one such event would keep all others from blocking time.
    Instant start = OutlookTimes.earliest(event.getStart());
    Instant end = event.getEnd() == null ? start : OutlookTimes.latest(event.getEnd());
    return new Timed(start, end.isBefore(start) ? start : end);
  }

  /** An instance that was never changed begins when its series says. */
  private Instant originalStart(When when) {
    @Nullable OffsetDateTime original = event.getOriginalStart();
    return when.accept(
        new When.Visitor<>() {
          @Override
          public Instant timed(Timed timed) {
            return original == null ? timed.start() : original.toInstant();
          }

          @Override
          public Instant allDay(AllDay days) {
            LocalDate day =
                original == null
                    ? days.start()
                    : OutlookTimes.day(original.toInstant(), event.getOriginalStartTimeZone());
            return day.atStartOfDay().toInstant(ZoneOffset.UTC);
          }
        });
  }

  private Availability availability() {
    return switch (Objects.requireNonNullElse(event.getShowAs(), FreeBusyStatus.Unknown)) {
      case Free -> Availability.FREE;
      case Tentative -> Availability.TENTATIVE;
      case Busy -> Availability.BUSY;
      case Oof -> Availability.OOF;
      case WorkingElsewhere -> Availability.WORKING_ELSEWHERE;
      case Unknown -> Availability.UNKNOWN;
    };
  }

  private Answer answer() {
    ResponseType response =
        Optional.ofNullable(event.getResponseStatus())
            .map(ResponseStatus::getResponse)
            .orElse(ResponseType.None);
    return switch (response) {
      case None, Organizer, Accepted -> Answer.ACCEPTED;
      case TentativelyAccepted -> Answer.TENTATIVE;
      case Declined -> Answer.DECLINED;
      case NotResponded -> Answer.NOT_ANSWERED;
    };
  }
}
