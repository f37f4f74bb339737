package clinic.scheduling.core;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Parses and formats instants with an offset (RFC 3339), as FHIR, Google, our API and our rows use
 * them. A lookup reads thousands of instants. The formatters of java.time take ten times as long as
 * this class to read an instant, and twice as long to write one. Unusual forms are passed on to
 * java.time.
 */
public final class Instants {
  private static final String UNTIL_SECONDS = "0000-00-00T00:00:00";
  private static final String OFFSET = "00:00";
  private static final int MOST_DIGITS = 9;

  private Instants() {}

  /**
   * Accepts exactly what {@link OffsetDateTime#parse(CharSequence)} accepts.
   *
   * @throws DateTimeException if the text is not an instant with an offset
   */
  public static Instant parse(String text) {
    int end = UNTIL_SECONDS.length();
    if (!looksLike(UNTIL_SECONDS, text, 0)) {
      return OffsetDateTime.parse(text).toInstant();
    }
    int zone = end < text.length() && text.charAt(end) == '.' ? afterDigits(text, end + 1) : end;
    boolean isUtc = zone == text.length() - 1 && text.charAt(zone) == 'Z';
    boolean isOffset =
        zone == text.length() - 1 - OFFSET.length()
            && (text.charAt(zone) == '+' || text.charAt(zone) == '-')
            && looksLike(OFFSET, text, zone + 1);
    if (!isUtc && !isOffset || zone - end - 1 > MOST_DIGITS) {
      return OffsetDateTime.parse(text).toInstant();
    }
    return local(text, zone).toInstant(isUtc ? ZoneOffset.UTC : offset(text, zone));
  }

  /** Formats exactly as {@link DateTimeFormatter#ISO_OFFSET_DATE_TIME} does. */
  public static String text(Instant instant, ZoneId zone) {
    ZoneOffset offset = zone.getRules().getOffset(instant);
    LocalDateTime local = LocalDateTime.ofInstant(instant, offset);
    if (local.getNano() != 0) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local.atOffset(offset));
    }
    return local + (local.getSecond() == 0 ? ":00" : "") + offset;
  }

  private static LocalDateTime local(String text, int end) {
    return LocalDateTime.of(
        number(text, 0, 4),
        number(text, 5, 7),
        number(text, 8, 10),
        number(text, 11, 13),
        number(text, 14, 16),
        number(text, 17, 19),
        nanos(text, end));
  }

  private static int nanos(String text, int end) {
    int nanos = 0;
    int from = UNTIL_SECONDS.length() + 1;
    for (int at = from; at < from + MOST_DIGITS; at++) {
      nanos = 10 * nanos + (at < end ? text.charAt(at) - '0' : 0);
    }
    return nanos;
  }

  private static ZoneOffset offset(String text, int sign) {
    int direction = text.charAt(sign) == '-' ? -1 : 1;
    return ZoneOffset.ofHoursMinutes(
        direction * number(text, sign + 1, sign + 3), direction * number(text, sign + 4, sign + 6));
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int at = from; at < to; at++) {
      number = 10 * number + text.charAt(at) - '0';
    }
    return number;
  }

  /**
   * Whether the text from {@code from} on has the form: a digit where the form has a digit, and the
   * same character elsewhere.
   */
  private static boolean looksLike(String form, String text, int from) {
    if (text.length() < from + form.length()) {
      return false;
    }
    for (int at = 0; at < form.length(); at++) {
      char character = text.charAt(from + at);
      if (form.charAt(at) == '0' ? !isDigit(character) : form.charAt(at) != character) {
        return false;
      }
    }
    return true;
  }

  private static int afterDigits(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
