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
 * Dates in HTTP headers (RFC 9110 section 5.6.7). There are three forms, all in GMT. We read all
 * three. We write the one that the RFC requires of senders (IMF-fixdate), with two digits for the
 * day.
 */
public final class HttpDate {
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter IMF_FIXDATE =
      form("d MMM uuuu HH:mm:ss 'GMT'").toFormatter(Locale.ENGLISH);

  private static final DateTimeFormatter ASCTIME =
      form("MMM d HH:mm:ss uuuu").toFormatter(Locale.ENGLISH);

  /** The day of the week, which we ignore because it adds nothing to the date. */
  private static final Pattern DAY_NAME =
      Pattern.compile("^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? ", Pattern.CASE_INSENSITIVE);

  /** A leap second, which the grammar allows. We read it as the second before. */
  private static final Pattern LEAP_SECOND = Pattern.compile("(?<=:[0-9]{2}):60\\b");

  private HttpDate() {}

  /** Formats the instant, without fractions of a second. */
  public static String text(Instant instant) {
    return WRITTEN.format(instant);
  }

  /**
   * Reads a date in any of the three forms.
   *
   * @param now the present time, which decides the century of a two-digit year: a date that would
   *     lie more than 50 years ahead is in the past
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
