package clinic.scheduling.confirmations.render;

import clinic.scheduling.core.practice.MessageText;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One language: its texts, and times as its people write them, always with their zone. The texts
 * come from {@code messages/<language>.properties} and from the practice, which may replace each.
 * Long dates are those of Unicode CLDR, as the JDK has them. Short ones have a format in the file:
 * CLDR's differ between JDKs (docs/decisions/0043-texts-and-dates.md).
 */
public final class Translation {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)}");

  private final String language;
  private final DateTimeFormatter longDate;
  private final Map<String, String> entries;

  /**
   * @param entries complete, see {@link LanguageFile}
   */
  Translation(String language, Map<String, String> entries) {
    this.language = language;
    this.longDate =
        DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(localeOf(language));
    this.entries = Map.copyOf(entries);
  }

  /**
   * Whether this Java has the dates of a language; a native executable has those that {@code
   * quarkus.locales} names. For other languages the JDK falls back to English abbreviations.
   */
  static boolean hasDates(String language) {
    return !DayOfWeek.MONDAY
        .getDisplayName(TextStyle.FULL, localeOf(language))
        .equals(DayOfWeek.MONDAY.getDisplayName(TextStyle.FULL, Locale.ROOT));
  }

  /**
   * The language without its region, which {@code quarkus.locales} does not name: a native
   * executable would not have that region's dates, and Java would.
   */
  private static Locale localeOf(String language) {
    return Locale.forLanguageTag(language.split("-", 2)[0]);
  }

  /** The BCP 47 name, {@code en}. */
  String language() {
    return language;
  }

  /**
   * @param values for the placeholders of the text, in their order; a placeholder inside a value
   *     stays as it is
   */
  public String text(MessageText text, String... values) {
    Matcher found = PLACEHOLDER.matcher(entry(text.key()));
    return found.replaceAll(
        one -> Matcher.quoteReplacement(values[text.placeholders().indexOf(one.group(1))]));
  }

  /** {@code Tue Feb 3, 2:30 PM PST}. */
  public String brief(Instant at, ZoneId zone) {
    return format("format-brief", at.atZone(zone));
  }

  /** {@code Tuesday, February 3, 2026}. */
  String day(Instant at, ZoneId zone) {
    return longDate.format(at.atZone(zone));
  }

  /** {@code 2:30 PM PST}. */
  String time(Instant at, ZoneId zone) {
    return format("format-time", at.atZone(zone));
  }

  private String format(String key, ZonedDateTime at) {
    return PLACEHOLDER
        .matcher(entry(key))
        .replaceAll(one -> Matcher.quoteReplacement(part(one.group(1), at)));
  }

  private String part(String name, ZonedDateTime at) {
    return switch (name) {
      case "weekday-short" -> list("weekdays-short").get(at.getDayOfWeek().getValue() - 1);
      case "month-short" -> list("months-short").get(at.getMonthValue() - 1);
      case "day" -> Integer.toString(at.getDayOfMonth());
      case "hour" -> Integer.toString((at.getHour() + 11) % 12 + 1);
      case "hour-of-day" -> Integer.toString(at.getHour());
      case "minute" -> String.format(Locale.ROOT, "%02d", at.getMinute());
      case "half" -> list("halves").get(at.getHour() / 12);
      case "zone" -> DateTimeFormatter.ofPattern("zzz", Locale.US).format(at);
      default -> throw new IllegalStateException("a time has no part " + name);
    };
  }

  private List<String> list(String key) {
    return List.of(entry(key).split(",", -1));
  }

  private String entry(String key) {
    return Objects.requireNonNull(entries.get(key), key);
  }
}
