package clinic.scheduling.sandbox.canvas;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A practitioner at a location: {@code Location.<number>-Staff.<key>}. */
public record ScheduleKey(int location, String practitioner) {
  private static final Pattern FORM =
      Pattern.compile("(?:Schedule/)?Location\\.(\\d{1,9})-Staff\\.([0-9a-f]{32})");

  public static Optional<ScheduleKey> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new ScheduleKey(Integer.parseInt(form.group(1)), form.group(2)))
        : Optional.empty();
  }

  /** The id of its Schedule. */
  public String id() {
    return "Location." + location + "-Staff." + practitioner;
  }
}
