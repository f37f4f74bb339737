package clinic.scheduling.booking.request;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.ledger.RowBusyException;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.limit.RateLimit;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The limits of each contact point and each patient, which only bookings count towards
 * (docs/decisions/0020-how-calls-are-counted.md). A booking above a limit is refused with 429. If
 * DynamoDB does not tell us whether a booking is above a limit, we refuse it with 429 as well.
 *
 * <table>
 * <caption>The limits</caption>
 * <tr><th>method</th><th>what is counted</th><th>period</th><th>limit</th></tr>
 * <tr><td>{@link #countContacts}</td><td>bookings attempted with one phone number or e-mail
 *     address</td>
 *     <td>an hour</td><td>{@code limits.attemptsPerContactPerHour} of the practice document</td></tr>
 * <tr><td>{@link #countPatient}</td><td>bookings of one person</td>
 *     <td>a day</td><td>{@code limits.bookingsPerPatientPerDay}</td></tr>
 * <tr><td>{@link #countPatient}</td><td>future visits of one patient</td>
 *     <td>any time</td><td>{@code limits.openBookingsPerPatient}</td></tr>
 * </table>
 */
@Singleton
public class BookingLimits {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Practice practice;
  private final Canvas canvas;
  private final Rows rows;
  private final RateLimit rate;
  private final Clock clock;

  public BookingLimits(
      Practice practice, Canvas canvas, Rows rows, Clock clock, SignedTokens tokens) {
    this.practice = practice;
    this.canvas = canvas;
    this.rows = rows;
    this.rate = new RateLimit(rows, clock, tokens);
    this.clock = clock;
  }

  /**
   * Counts an attempt to book towards the limit of each of its contact points. Call this only if
   * the slot is still free. The contact points are counted one after another. If one of them is
   * above its limit, those before it remain counted.
   */
  public void countContacts(BookingCommand command) {
    Identity identity = Identity.of(command.request());
    int limit = practice.limits().attemptsPerContactPerHour();
    Stream.concat(identity.phones().stream(), identity.emails().stream())
        .forEach(point -> rate.spend("contact", point, HOUR, limit));
  }

  /**
   * Counts a booking towards the person's daily limit. Refuses the booking if that limit is
   * reached, or if the patient has too many future visits. Both refusals have the same words and
   * the same {@code Retry-After}, so that the answer does not tell which limit was reached. A
   * repeat is not counted again.
   *
   * <p>Concurrent bookings do not yet see each other's visits, so a patient can exceed the limit of
   * future visits. They cannot exceed the daily limit in this way.
   *
   * @param patient the Canvas patient key
   */
  public void countPatient(BookingCommand command, String patient) {
    Instant now = clock.instant();
    long open =
        canvas.appointmentsOfPatient(patient, LocalDate.ofInstant(now, ZoneOffset.UTC)).stream()
            .filter(one -> liesAhead(one, now))
            .count();
    boolean hasTooManyVisits = open >= practice.limits().openBookingsPerPatient();
    rate.counted(
        () ->
            rows.update(
                today(command),
                today -> {
                  boolean isRepeat = today.fields().containsKey(command.bookingId());
                  boolean isDailyLimitReached =
                      today.fields().size() >= practice.limits().bookingsPerPatientPerDay();
                  if (hasTooManyVisits || (isDailyLimitReached && !isRepeat)) {
                    throw rate.tooMany(DAY);
                  }
                  Map<String, String> more = new HashMap<>(today.fields());
                  more.putIfAbsent(command.bookingId(), now.toString());
                  return Optional.of(today.next(rate.end(DAY), more));
                }));
  }

  /**
   * Removes a booking from the person's daily count. Call this only if the booking has no
   * appointment, and none can be created any more.
   */
  public void uncount(BookingCommand command) {
    try {
      rows.update(
          today(command),
          today -> {
            Map<String, String> fewer = new HashMap<>(today.fields());
            return fewer.remove(command.bookingId()) == null
                ? Optional.empty()
                : Optional.of(today.next(rate.end(DAY), fewer));
          });
    } catch (RowBusyException e) {
      // The booking stays counted. So the limit may refuse one booking too many, but never too few.
      return;
    }
  }

  private RowKey today(BookingCommand command) {
    return rate.key("patient", person(command), DAY);
  }

  /**
   * The person who is counted: the signed-in patient, or else a digest of what the caller sent. It
   * is the same whether or not Canvas knows the person.
   */
  private String person(BookingCommand command) {
    return command
        .signedIn()
        .orElseGet(() -> Identity.of(command.request()).digest(rate.digestKey()));
  }

  private static boolean liesAhead(Appointment one, Instant now) {
    return one.knownStatus().map(AppointmentStatus::occupiesTime).orElse(true)
        && one.time().map(time -> time.start().isAfter(now)).orElse(true);
  }
}
