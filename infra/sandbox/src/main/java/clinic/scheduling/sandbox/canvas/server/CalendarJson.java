package clinic.scheduling.sandbox.canvas.server;

import clinic.scheduling.sandbox.canvas.CalendarEvent;
import clinic.scheduling.sandbox.canvas.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calendar events in the control interface. */
final class CalendarJson {
  private CalendarJson() {}

  private record Wanted(
      CalendarEvent.@Nullable Kind kind,
      @Nullable String practitioner,
      @Nullable Integer location,
      @Nullable Set<DayOfWeek> days,
      @Nullable String date,
      @Nullable String from,
      @Nullable String to,
      @Nullable List<String> types) {}

  static CalendarEvent read(String body) throws JsonProcessingException {
    Wanted wanted = Json.MAPPER.readValue(body, Wanted.class);
    CalendarEvent.Kind kind = wanted.kind();
    if (kind == null) {
      throw new IllegalArgumentException("kind is missing");
    }
    try {
      return new CalendarEvent(
          kind,
          Optional.ofNullable(wanted.practitioner()),
          Optional.ofNullable(wanted.location()),
          Optional.ofNullable(wanted.days()).orElse(Set.of()),
          Optional.ofNullable(wanted.date()).map(LocalDate::parse),
          LocalTime.parse(Optional.ofNullable(wanted.from()).orElse("00:00")),
          LocalTime.parse(Optional.ofNullable(wanted.to()).orElse("00:00")),
          Optional.ofNullable(wanted.types()).orElse(List.of()));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("date is yyyy-mm-dd, from and to are hh:mm", e);
    }
  }
}
