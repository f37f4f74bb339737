package clinic.scheduling.booking;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How much one caller, one contact point and one patient may ask for, by the practice document;
 * more is 429. Counts lie in the table under keyed digests. Where very many count at the same
 * moment some are let through uncounted rather than kept waiting.
 */
@Singleton
class Limits {
  private static final String COUNT = "count";
  private static final String TOO_OFTEN = "Send fewer requests, or call the clinic.";
  private static final Duration DAY = Duration.ofDays(1);
  private static final int TRIES = 5;

  private final Practice practice;
  private final Canvas canvas;
  private final Rows rows;
  private final Clock clock;
  private final byte[] digestKey;

  Limits(Practice practice, Canvas canvas, Rows rows, Clock clock, SignedTokens tokens) {
    this.practice = practice;
    this.canvas = canvas;
    this.rows = rows;
    this.clock = clock;
    this.digestKey = tokens.digestKey("limits");
  }

  /** Bookings that one network address asks for. */
  void ofAddress(String address) {
    aMinute("address", address, practice.limits().requestsPerMinute());
  }

  /** Looks at visits, and changes, that one network address asks for, with whatever token. */
  void ofManaging(String address) {
    aMinute("managing", address, practice.limits().manageRequestsPerMinute());
  }

  private void aMinute(String kind, String address, int limit) {
    spend(kind, Stream.of(address), Duration.ofMinutes(1), limit);
  }

  /** Attempts with one phone number or e-mail address that get as far as a free time. */
  void ofContact(Wish wish) {
    Identity identity = Identity.of(wish.request());
    spend(
        "contact",
        Stream.concat(identity.phones().stream(), identity.emails().stream()),
        Duration.ofHours(1),
        practice.limits().attemptsPerContactPerHour());
  }

  /**
   * Bookings of one person today, and visits that lie ahead. Both are refused with the same words
   * until the same moment, so that the answer does not tell which it was. A repeat of a booking
   * that was counted is no booking.
   *
   * @param patient the Canvas patient key
   */
  void ofPatient(Wish wish, String patient) {
    Instant now = clock.instant();
    long open =
        canvas.appointmentsOfPatient(patient, LocalDate.ofInstant(now, ZoneOffset.UTC)).stream()
            .filter(one -> liesAhead(one, now))
            .count();
    Map<String, String> today = row("patient", person(wish), DAY).fields();
    boolean full =
        today.size() >= practice.limits().bookingsPerPatientPerDay()
            && !today.containsKey(wish.bookingId());
    if (full || open >= practice.limits().openBookingsPerPatient()) {
      throw tooMany(TOO_OFTEN, now, DAY);
    }
  }

  /** Counts a booking that Canvas has made, once. */
  void made(Wish wish) {
    Instant now = clock.instant();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Row row = row("patient", person(wish), DAY);
      Map<String, String> more = new HashMap<>(row.fields());
      more.put(wish.bookingId(), now.toString());
      if (rows.write(row.next(end(now, DAY), more))) {
        return;
      }
    }
  }

  /** Counted alike whether Canvas knows the person or not; who has signed in is one person. */
  private String person(Wish wish) {
    return wish.signedIn().orElseGet(() -> Identity.of(wish.request()).digest(digestKey));
  }

  private void spend(String kind, Stream<String> whose, Duration window, int limit) {
    List<String> all = whose.toList();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (rows.write(counted(kind, all, window, limit))) {
        return;
      }
    }
  }

  private List<Row> counted(String kind, List<String> whose, Duration window, int limit) {
    Instant end = end(clock.instant(), window);
    List<Row> counted = new ArrayList<>();
    for (String who : whose) {
      Row row = row(kind, who, window);
      int count = row.field(COUNT).map(Integer::parseInt).orElse(0);
      if (count >= limit) {
        throw tooMany(TOO_OFTEN, clock.instant(), window);
      }
      counted.add(row.next(end, Map.of(COUNT, Integer.toString(count + 1))));
    }
    return counted;
  }

  private Row row(String kind, String who, Duration window) {
    Instant now = clock.instant();
    String digest = Digest.keyed(digestKey, kind, who);
    RowKey key = new RowKey("limit#" + digest, kind + "#" + begin(now, window));
    return rows.read(key).orElseGet(() -> Row.fresh(key, end(now, window), Map.of()));
  }

  private static RuntimeException tooMany(String detail, Instant now, Duration window) {
    return Problem.of(ProblemType.TOO_MANY_REQUESTS, detail)
        .retryAfter(Duration.between(now, end(now, window)).plusSeconds(1))
        .asException();
  }

  private static boolean liesAhead(Appointment one, Instant now) {
    return one.knownStatus().map(AppointmentStatus::occupiesTime).orElse(true)
        && one.time().map(time -> time.start().isAfter(now)).orElse(true);
  }

  private static long begin(Instant now, Duration window) {
    return now.getEpochSecond() / window.toSeconds() * window.toSeconds();
  }

  private static Instant end(Instant now, Duration window) {
    return Instant.ofEpochSecond(begin(now, window)).plus(window);
  }
}
