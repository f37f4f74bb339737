package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.Fields;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Hours of the week, in the local time of the place.
 *
 * @param fromMinute the first minute, counted from midnight
 * @param toMinute the minute after the last one, counted from midnight; 1440 is the end of the day
 */
public record Hours(Set<DayOfWeek> days, int fromMinute, int toMinute) {

  private static final Pattern CLOCK =
      Pattern.compile("(?!24:(?!00))([01][0-9]|2[0-4]):([0-5][0-9])");
  private static final String FORM = "must be a time like 09:00, at most 24:00";

  /** Reads {@code hours}: {@code [{"days": ["monday"], "from": "09:00", "to": "17:00"}]}. */
  static List<Hours> list(Fields owner) {
    return owner.objects("hours", 0, 50, Hours::read);
  }

  private static Hours read(Fields hours) {
    List<String> days =
        hours.texts("days", 1, 7, Hours::isDay, "must be a day like monday, in lower case");
    int from = minute(hours, "from", 0);
    int to = minute(hours, "to", 1440);
    if (from >= to) {
      hours.wrong("to", "must be later than from, on the same day");
    }
    hours.end();
    return new Hours(
        days.stream()
            .filter(Hours::isDay)
            .map(day -> DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toUnmodifiableSet()),
        from,
        to);
  }

  private static boolean isDay(String word) {
    return Arrays.stream(DayOfWeek.values())
        .anyMatch(day -> day.name().toLowerCase(Locale.ROOT).equals(word));
  }

  private static int minute(Fields hours, String name, int otherwise) {
    String text = hours.text(name, 5);
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher clock = CLOCK.matcher(text);
    if (!clock.matches()) {
      hours.wrong(name, FORM);
      return otherwise;
    }
    return Integer.parseInt(clock.group(1)) * 60 + Integer.parseInt(clock.group(2));
  }
}
