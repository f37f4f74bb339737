package clinic.scheduling.sandbox.canvas.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Parses and formats times as Canvas does. */
public final class FhirTime {
  private static final DateTimeFormatter OUT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

  private FhirTime() {}

  static boolean isInstant(String text) {
    try {
      parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Whether the text has a date, a time at least to the minute, and an offset. */
  public static Instant parse(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  /** In UTC with {@code +00:00}. */
  public static String utc(Instant at) {
    return OUT.format(at.atOffset(ZoneOffset.UTC));
  }

  /** With the offset of the zone at that moment. */
  public static String local(Instant at, ZoneId zone) {
    return OUT.format(at.atZone(zone));
  }
}
