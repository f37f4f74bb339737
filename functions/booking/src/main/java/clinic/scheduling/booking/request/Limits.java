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
 * The rate limits for each network address, contact point, patient and visit
 * (docs/decisions/0020-how-calls-are-counted.md). A call above its limit is refused with 429, and
 * so is one that the table cannot count.
 *
 * <table>
 * <caption>The limits</caption>
 * <tr><th>method</th><th>what is counted</th><th>for</th><th>limit</th></tr>
 * <tr><td>{@link #countBooking}</td><td>bookings asked for from one network address</td>
 *     <td>a minute</td><td>{@code limits.requestsPerMinute} of the practice document</td></tr>
 * <tr><td>{@link #countManaging}</td><td>reads and changes from one network address</td>
 *     <td>a minute</td><td>{@code limits.manageRequestsPerMinute}</td></tr>
 * <tr><td>{@link #countContacts}</td><td>bookings attempted with one phone number or address</td>
 *     <td>an hour</td><td>{@code limits.attemptsPerContactPerHour}</td></tr>
 * <tr><td>{@link #countPatient}</td><td>bookings of one person</td>
 *     <td>a day</td><td>{@code limits.bookingsPerPatientPerDay}</td></tr>
 * <tr><td>{@link #countPatient}</td><td>visits of one patient that lie ahead</td>
 *     <td></td><td>{@code limits.openBookingsPerPatient}</td></tr>
 * <tr><td>{@link #countChange}</td><td>new requests to change one visit</td>
 *     <td>a day</td><td>40</td></tr>
 * <tr><td>{@link #countCancellation}</td><td>the same, if the request would cancel the visit</td>
 *     <td>a day</td><td>50</td></tr>
 * </table>
 */
@Singleton
public class Limits {
  /** Far more than a patient needs; repeats are not counted. */
  public static final int REQUESTS_PER_VISIT_AND_DAY = 40;

  /**
   * Cancelling may use this many more, so that nobody who has the link can use up the limit and so
   * keep the patient from cancelling.
   */
  private static final int MORE_TO_CANCEL = 10;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Practice practice;
  private final Canvas canvas;
  private final Rows rows;
  private final RateLimit rate;
  private final Clock clock;

  public Limits(Practice practice, Canvas canvas, Rows rows, Clock clock, SignedTokens tokens) {
    this.practice = practice;
    this.canvas = canvas;
    this.rows = rows;
    this.rate = new RateLimit(rows, clock, tokens);
    this.clock = clock;
  }

  public void countBooking(String address) {
    rate.spend("address", address, MINUTE, practice.limits().requestsPerMinute());
  }

  public void countManaging(String address) {
    rate.spend("managing", address, MINUTE, practice.limits().manageRequestsPerMinute());
  }

  /**
   * @param request the row of a request that was never sent before
   */
  public void countChange(RowKey request) {
    rate.spend("visit", request.partition(), DAY, REQUESTS_PER_VISIT_AND_DAY);
  }

  /**
   * @param request the row of a request that was never sent before, and would cancel its visit
   */
  public void countCancellation(RowKey request) {
    rate.spend("visit", request.partition(), DAY, REQUESTS_PER_VISIT_AND_DAY + MORE_TO_CANCEL);
  }

  /**
   * Counts an attempt whose slot is still free. The contact points are counted one after another:
   * if one is above its limit, the earlier ones remain counted.
   */
  public void countContacts(BookingCommand command) {
    Identity identity = Identity.of(command.request());
    int limit = practice.limits().attemptsPerContactPerHour();
    Stream.concat(identity.phones().stream(), identity.emails().stream())
        .forEach(point -> rate.spend("contact", point, HOUR, limit));
  }

  /**
   * Counts a booking towards the person's daily limit. Refuses it if the limit is reached, or if
   * too many of the patient's visits lie ahead. Both refusals have the same words and the same
   * {@code Retry-After}, so that the answer does not tell which it was. A repeat is not counted
   * again.
   *
   * <p>Concurrent bookings do not see each other among the visits that lie ahead, so a patient can
   * exceed that limit. The daily limit bounds by how much.
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
   * The booking no longer counts towards the person's daily limit. Only to be called when no
   * appointment exists and none can be created any more.
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
      // The booking stays counted: that may refuse one booking too many, but lets none pass.
      return;
    }
  }

  private RowKey today(BookingCommand command) {
    return rate.key("patient", person(command), DAY);
  }

  /** The counter is the same whether or not Canvas knows the person. */
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
