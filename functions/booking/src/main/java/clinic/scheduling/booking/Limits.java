package clinic.scheduling.booking;

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
 * How much one caller, one contact point, one patient and one visit may ask for, by the practice
 * document; more is 429, and so is a call of which it is not certain that it is not too many.
 */
@Singleton
class Limits {
  /** Moves and cancellations that are not repeats; a patient needs a few. */
  static final int REQUESTS_PER_VISIT_AND_DAY = 40;

  /** Beyond those, so that whoever has the link cannot keep a patient from cancelling. */
  private static final int MORE_TO_CANCEL = 10;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Practice practice;
  private final Canvas canvas;
  private final Rows rows;
  private final RateLimit rate;
  private final Clock clock;

  Limits(Practice practice, Canvas canvas, Rows rows, Clock clock, SignedTokens tokens) {
    this.practice = practice;
    this.canvas = canvas;
    this.rows = rows;
    this.rate = new RateLimit(rows, clock, tokens);
    this.clock = clock;
  }

  /** Bookings that one network address asks for. */
  void ofAddress(String address) {
    rate.spend("address", address, MINUTE, practice.limits().requestsPerMinute());
  }

  /** Looks at visits, and changes, that one network address asks for, with whatever token. */
  void ofManaging(String address) {
    rate.spend("managing", address, MINUTE, practice.limits().manageRequestsPerMinute());
  }

  /**
   * Changes of one visit that were never asked for before.
   *
   * @param requests the partition of its requests
   */
  void ofVisit(String requests) {
    rate.spend("visit", requests, DAY, REQUESTS_PER_VISIT_AND_DAY);
  }

  /** The same, of one that would cancel a visit which stands. */
  void ofCancelling(String requests) {
    rate.spend("visit", requests, DAY, REQUESTS_PER_VISIT_AND_DAY + MORE_TO_CANCEL);
  }

  /**
   * Attempts with one phone number or e-mail address that get as far as a free time. Where one of
   * several is refused, those before it are counted all the same.
   */
  void ofContact(BookingCommand wish) {
    Identity identity = Identity.of(wish.request());
    int limit = practice.limits().attemptsPerContactPerHour();
    Stream.concat(identity.phones().stream(), identity.emails().stream())
        .forEach(point -> rate.spend("contact", point, HOUR, limit));
  }

  /**
   * Takes a place in what one person may book today, unless all are taken or too many visits lie
   * ahead. Both are refused with the same words until the same moment, so that the answer does not
   * tell which it was. A repeat has its place already. Bookings at the very same moment do not see
   * each other among the visits ahead; the places of the day bound how many these are.
   *
   * @param patient the Canvas patient key
   */
  void ofPatient(BookingCommand wish, String patient) {
    Instant now = clock.instant();
    long open =
        canvas.appointmentsOfPatient(patient, LocalDate.ofInstant(now, ZoneOffset.UTC)).stream()
            .filter(one -> liesAhead(one, now))
            .count();
    boolean crowded = open >= practice.limits().openBookingsPerPatient();
    rate.counted(
        () ->
            rows.update(
                today(wish),
                today -> {
                  boolean isRepeat = today.fields().containsKey(wish.bookingId());
                  boolean full =
                      today.fields().size() >= practice.limits().bookingsPerPatientPerDay();
                  if (crowded || (full && !isRepeat)) {
                    throw rate.tooMany(DAY);
                  }
                  Map<String, String> more = new HashMap<>(today.fields());
                  more.putIfAbsent(wish.bookingId(), now.toString());
                  return Optional.of(today.next(rate.end(DAY), more));
                }));
  }

  /** Nothing stands for it, nor can any more: the place of the day is free again. */
  void notMade(BookingCommand wish) {
    try {
      rows.update(
          today(wish),
          today -> {
            Map<String, String> fewer = new HashMap<>(today.fields());
            return fewer.remove(wish.bookingId()) == null
                ? Optional.empty()
                : Optional.of(today.next(rate.end(DAY), fewer));
          });
    } catch (RowBusyException e) {
      // The day has a place less, which refuses one booking too many rather than one too few.
      return;
    }
  }

  private RowKey today(BookingCommand wish) {
    return rate.key("patient", person(wish), DAY);
  }

  /** Counted alike whether Canvas knows the person or not; who has signed in is one person. */
  private String person(BookingCommand wish) {
    return wish.signedIn().orElseGet(() -> Identity.of(wish.request()).digest(rate.digestKey()));
  }

  private static boolean liesAhead(Appointment one, Instant now) {
    return one.knownStatus().map(AppointmentStatus::occupiesTime).orElse(true)
        && one.time().map(time -> time.start().isAfter(now)).orElse(true);
  }
}
