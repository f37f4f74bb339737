package clinic.scheduling.sandbox.canvas.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How times look on their way in and out. */
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

  /** Date, time to the minute at least, and a zone. */
  public static Instant parse(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  /** In UTC with {@code +00:00}. */
  public static String utc(Instant at) {
    return OUT.format(at.atOffset(ZoneOffset.UTC));
  }

  /** With the offset that the zone has at that moment. */
  public static String local(Instant at, ZoneId zone) {
    return OUT.format(at.atZone(zone));
  }
}
