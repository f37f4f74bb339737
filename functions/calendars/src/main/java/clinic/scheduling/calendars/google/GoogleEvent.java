package clinic.scheduling.calendars.google;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.EntryName;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event of Google Calendar v3, as far as it is written and read here. */
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
    @Nullable Properties extendedProperties) {

  /** RFC 3339 time with the IANA zone in which it is shown. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Time(@Nullable String dateTime, @Nullable String timeZone) {
    static Time of(Instant instant, ZoneId zone) {
      String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(zone));
      return new Time(text, zone.getId());
    }
  }

  /** Our stamp, on this copy only. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Properties(@JsonProperty("private") @Nullable Map<String, String> ofThisCopy) {}

  static GoogleEvent named(EntryName name, CalendarEntry entry) {
    Properties stamp = new Properties(Map.of("appointmentThread", name.stamp()));
    return of(name.googleId(), stamp, entry);
  }

  /** Texts are sent though empty: PATCH keeps what is left out. */
  static GoogleEvent change(CalendarEntry entry) {
    return of(null, null, entry);
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
        entry.subject().value(),
        entry.details().value(),
        entry.place().value(),
        Time.of(entry.time().start(), entry.zone()),
        Time.of(entry.time().end(), entry.zone()),
        "private",
        "opaque",
        stamp);
  }
}
