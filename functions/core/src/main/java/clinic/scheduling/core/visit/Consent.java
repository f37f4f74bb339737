package clinic.scheduling.core.visit;

import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The patient's consent to messages, given when they booked. It is kept under our identifier of the
 * booking, without any phone number or e-mail address: the function that sends messages reads those
 * from Canvas. A visit that was not booked through us has no such consent; then the consent in
 * Canvas decides (docs/facts/canvas.md 4.5).
 *
 * @param language the language of messages, such as {@code en} or {@code es-MX}, if the patient
 *     named one
 * @param zone the patient's IANA time zone, if the patient named one
 */
public record Consent(
    boolean email, boolean sms, Optional<String> language, Optional<String> zone) {
  private static final Duration KEPT = Duration.ofDays(400);
  private static final String WHAT = "consent";

  public static Optional<Consent> read(String bookingId, Rows rows) {
    return rows.read(key(bookingId)).map(Consent::of);
  }

  /**
   * Keeps the consent for 400 days. Writing the same consent again changes nothing. A different
   * consent replaces it.
   */
  public void write(String bookingId, Rows rows, Clock clock) {
    rows.update(
        key(bookingId),
        row ->
            row.fields().equals(fields())
                ? Optional.empty()
                : Optional.of(row.next(clock.instant().plus(KEPT), fields())));
  }

  private static Consent of(Row row) {
    return new Consent(
        Boolean.parseBoolean(row.field("email").orElse("false")),
        Boolean.parseBoolean(row.field("sms").orElse("false")),
        row.field("language"),
        row.field("timezone"));
  }

  private Map<String, String> fields() {
    Map<String, String> fields = new HashMap<>();
    fields.put("email", Boolean.toString(email));
    fields.put("sms", Boolean.toString(sms));
    language.ifPresent(value -> fields.put("language", value));
    zone.ifPresent(value -> fields.put("timezone", value));
    return fields;
  }

  private static RowKey key(String bookingId) {
    return RowKey.ofBooking(bookingId, WHAT);
  }
}
