package clinic.scheduling.canvas.fhir;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stretch of days or instants as Canvas writes it (FHIR R4 Period). */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Period(@Nullable String start, @Nullable String end) {

  /** The day it starts, if that can be read. */
  public Optional<LocalDate> firstDay() {
    return day(start);
  }

  /** The day it ends, which belongs to it, if that can be read. */
  public Optional<LocalDate> lastDay() {
    return day(end);
  }

  private static Optional<LocalDate> day(@Nullable String text) {
    try {
      return text == null || text.length() < 10
          ? Optional.empty()
          : Optional.of(LocalDate.parse(text.substring(0, 10)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
