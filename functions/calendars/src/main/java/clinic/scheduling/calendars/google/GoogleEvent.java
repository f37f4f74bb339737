package clinic.scheduling.calendars.google;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.EntryContent;
import clinic.scheduling.calendars.EntryName;
import clinic.scheduling.calendars.HtmlText;
import clinic.scheduling.calendars.ListedEntry;
import clinic.scheduling.calendars.PlainText;
import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Phi;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event of Google Calendar v3, with the fields that we write and read. Its description is HTML;
 * title and place are plain text ({@code docs/facts/google.md} 2).
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record GoogleEvent(
    @Nullable String id,
    @Nullable String status,
    @Nullable String summary,
    @Nullable String description,
    @Nullable String location,
    @Nullable Time start,
    @Nullable Time end,
    @Nullable String visibility,
    @Nullable String transparency,
    @Nullable Properties extendedProperties,
    @Nullable List<String> recurrence,
    @Nullable String recurringEventId) {

  /** Our limit for a title and a place; Google states none. */
  private static final int LONGEST_LINE = 1000;

  /** Google's own editor accepts 8,192 characters. */
  private static final int LONGEST_DESCRIPTION = 8000;

  private static final String OPAQUE = "opaque";

  /**
   * An empty list, which is sent too. It turns an event that somebody made recurring into a single
   * one.
   */
  private static final List<String> NO_RECURRENCE = List.of();

  /**
   * An RFC 3339 time with the IANA zone in which it is shown. The date is sent as null; otherwise
   * an event that somebody made all-day would keep its date beside the new time.
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Time(@Nullable String dateTime, @Nullable String timeZone, @Nullable String date) {
    static Time of(Instant instant, ZoneId zone) {
      String text = Instants.text(instant, zone);
      return new Time(text, zone.getId(), null);
    }

    /**
     * The instant as text, independent of the offset. The text of an all-day event never equals
     * that of an instant.
     */
    String comparable() {
      try {
        return Instants.parse(Objects.requireNonNullElse(dateTime, "")).toString();
      } catch (DateTimeException e) {
        return dateTime + "/" + date;
      }
    }
  }

  /**
   * The private extended properties, which hold our stamp. They belong to this copy of the event
   * only.
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Properties(@JsonProperty("private") @Nullable Map<String, String> privateProperties) {}

  static GoogleEvent newEvent(EntryName name, CalendarEntry entry) {
    Properties stamp =
        new Properties(
            Map.of(
                EntryStamp.GOOGLE_MARK,
                EntryStamp.GOOGLE_OURS,
                EntryStamp.GOOGLE_PROPERTY,
                name.stamp()));
    return of(name.googleId(), stamp, entry);
  }

  /**
   * The fields of an update. Empty texts are sent too, because PATCH does not change fields that
   * are left out.
   */
  static GoogleEvent updateOf(CalendarEntry entry) {
    return of(null, new Properties(Map.of(EntryStamp.GOOGLE_MARK, EntryStamp.GOOGLE_OURS)), entry);
  }

  /** Overwrites all texts, and keeps the time. */
  static GoogleEvent overwriting() {
    return new GoogleEvent(
        null,
        null,
        CalendarEntry.BUSY,
        "",
        "",
        null,
        null,
        "private",
        null,
        null,
        NO_RECURRENCE,
        null);
  }

  /** The content of the fields that we write. */
  Phi<String> content() {
    return EntryContent.of(
        summary,
        description == null ? null : HtmlText.visibleText(description),
        location,
        start == null ? null : start.comparable(),
        end == null ? null : end.comparable(),
        visibility,
        // Google may leave out the field if it has its default value.
        Objects.requireNonNullElse(transparency, OPAQUE),
        EntryContent.recurring(isRecurring()));
  }

  /** Empty if the event is not ours. */
  Optional<ListedEntry> listed() {
    return Optional.ofNullable(extendedProperties)
        .map(Properties::privateProperties)
        .map(properties -> properties.get(EntryStamp.GOOGLE_PROPERTY))
        .flatMap(EntryStamp::parse)
        .map(stamp -> new ListedEntry(seriesId(), stamp, content()));
  }

  /** The id of the series, if this event is an occurrence of one. */
  private String seriesId() {
    return Objects.requireNonNullElse(recurringEventId, Objects.requireNonNullElse(id, ""));
  }

  private boolean isRecurring() {
    return recurringEventId != null || (recurrence != null && !recurrence.isEmpty());
  }

  boolean isDeleted() {
    return "cancelled".equals(status);
  }

  @Override
  public String toString() {
    return "GoogleEvent[" + id + "]";
  }

  private static GoogleEvent of(
      @Nullable String id, @Nullable Properties stamp, CalendarEntry entry) {
    return new GoogleEvent(
        id,
        null,
        PlainText.line(entry.subject().value(), LONGEST_LINE),
        HtmlText.of(entry.details().value(), LONGEST_DESCRIPTION),
        PlainText.line(entry.place().value(), LONGEST_LINE),
        Time.of(entry.time().start(), entry.zone()),
        Time.of(entry.time().end(), entry.zone()),
        "private",
        OPAQUE,
        stamp,
        NO_RECURRENCE,
        null);
  }
}
