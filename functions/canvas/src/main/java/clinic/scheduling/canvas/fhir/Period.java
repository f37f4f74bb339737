package clinic.scheduling.canvas.fhir;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A stretch of days or instants as Canvas writes it (FHIR R4 Period). */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Period(@Nullable String start, @Nullable String end) {
  private static final Pattern TIME_OF_DAY = Pattern.compile("T[0-9:.]+(Z|[+-][0-9:]+)?$");

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
      return text == null
          ? Optional.empty()
          : Optional.of(LocalDate.parse(TIME_OF_DAY.matcher(text).replaceFirst("")));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
