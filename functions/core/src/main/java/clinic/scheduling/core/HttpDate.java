package clinic.scheduling.core;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The date of an HTTP header (RFC 9110 section 5.6.7). It is written in the one form that must be
 * written, whose day always has two digits, and read in all three; every form is of GMT.
 */
public final class HttpDate {
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter IMF_FIXDATE =
      form("d MMM uuuu HH:mm:ss 'GMT'").toFormatter(Locale.ENGLISH);

  private static final DateTimeFormatter ASCTIME =
      form("MMM d HH:mm:ss uuuu").toFormatter(Locale.ENGLISH);

  /** Nobody needs the day of the week to know the date. */
  private static final Pattern DAY_NAME =
      Pattern.compile("^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? ", Pattern.CASE_INSENSITIVE);

  /** The grammar allows it; it counts as the second before. */
  private static final Pattern LEAP_SECOND = Pattern.compile("(?<=:[0-9]{2}):60\\b");

  private HttpDate() {}

  /** To the second; what is less is left out. */
  public static String text(Instant instant) {
    return WRITTEN.format(instant);
  }

  /**
   * @param now tells the century of a year of two digits: one that would be more than 50 years
   *     ahead lies in the past
   */
  public static Optional<Instant> parse(String text, Instant now) {
    String spaced = text.strip().replaceAll("\\s+", " ");
    String date =
        LEAP_SECOND.matcher(DAY_NAME.matcher(spaced).replaceFirst("")).replaceFirst(":59");
    return Stream.of(IMF_FIXDATE, rfc850(now), ASCTIME)
        .flatMap(form -> parse(date, form).stream())
        .findFirst();
  }

  private static Optional<Instant> parse(String date, DateTimeFormatter form) {
    try {
      return Optional.of(LocalDateTime.parse(date, form).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static DateTimeFormatter rfc850(Instant now) {
    int first = now.atZone(ZoneOffset.UTC).getYear() - 49;
    return form("d-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, first)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.ENGLISH);
  }

  private static DateTimeFormatterBuilder form(String pattern) {
    return new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
  }
}
