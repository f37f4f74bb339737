package clinic.scheduling.core.visit;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Records the progress of a booking or a move, so that a repeat after a crash or a lost response
 * knows how far the first attempt got. One row holds one fact:
 *
 * <table>
 * <caption>The rows</caption>
 * <tr><th>sort key</th><th>what it says</th><th>kept for</th></tr>
 * <tr><td>{@code created}</td><td>which appointment in Canvas belongs to the booking. The row never
 *     changes. If Canvas shows two appointments with the identifier of one booking, the patient
 *     knows the one in this row</td>
 *     <td>400 days</td></tr>
 * <tr><td>{@code unsettled}</td><td>the time until which a write without a response may still take
 *     effect. Until then we do not create the appointment again, and do not refuse a move for
 *     good</td>
 *     <td>until that time</td></tr>
 * <tr><td>{@code stays}</td><td>we have checked that no other appointment overlaps the booking
 *     or the move. A late repeat must not cancel the visit or move it back, even if staff have put
 *     another appointment there since</td>
 *     <td>400 days; 2 days where the request changed nothing</td></tr>
 * <tr><td>{@code withdrawn#<appointment>}</td><td>we are about to cancel this appointment, which
 *     was promised to nobody</td><td>400 days</td></tr>
 * <tr><td>{@code state}</td><td>the two letters of the state where the patient will be; Canvas has
 *     no field for it, and a move needs it to check the licence for the right state</td>
 *     <td>400 days</td></tr>
 * <tr><td>{@code consent}</td><td>see {@link Consent}</td><td>400 days</td></tr>
 * <tr><td>{@code origin}</td><td>where the visit was before the move. Canvas does not keep this,
 *     and a repeat needs it to release that time or to move the visit back</td>
 *     <td>2 days</td></tr>
 * <tr><td>{@code verification-id}</td><td>the id of the verification that the request has begun
 *     instead of a booking</td><td>2 days</td></tr>
 * </table>
 *
 * <p>Rows of a booking lie in the partition {@code booking#<our identifier>}. Those of a move lie
 * beside its request, as {@code <sort key of the request>#<sort key above>}. A Patient record that
 * Canvas may still create has an {@code unsettled} row in {@code patient#<digest of the person>}.
 * What the response promises to the patient is stored elsewhere, as the first record of the visit
 * in the {@link ChangeLog}.
 */
public final class BookingJournal {
  /** How long a row is kept: as long as the outcome of its request (docs/rows.md). */
  private static final Duration KEPT = Duration.ofDays(400);

  /**
   * How long a row is kept if its request changed nothing: as long as the outcome of that request
   * (docs/rows.md).
   */
  private static final Duration UNCHANGED_KEPT = Duration.ofDays(2);

  private static final Duration ORIGIN_KEPT = Duration.ofDays(2);
  private static final String CREATED = "created";
  private static final String UNSETTLED = "unsettled";
  private static final String STAYS = "stays";
  private static final String STATE = "state";
  private static final String ORIGIN = "origin";
  private static final String VERIFICATION = "verification-id";
  private static final String ID = "appointment";
  private static final String UNTIL = "until";

  private final Rows rows;
  private final ChangeLog changes;
  private final Clock clock;

  public BookingJournal(Rows rows, Clock clock) {
    this.rows = rows;
    this.changes = new ChangeLog(rows, clock);
    this.clock = clock;
  }

  /** The work that a row is about: a booking, a move, or the creation of a Patient record. */
  public record Subject(String partition, String prefix) {

    /**
     * @param bookingId our Appointment identifier
     */
    public static Subject ofBooking(String bookingId) {
      return new Subject(RowKey.ofBooking(bookingId, "").partition(), "");
    }

    /**
     * @param request the row of the request to move
     */
    public static Subject ofMove(RowKey request) {
      return new Subject(request.partition(), request.sort() + "#");
    }

    /**
     * @param digest the digest that identifies the person
     */
    public static Subject ofPatient(String digest) {
      return new Subject("patient#" + digest, "");
    }

    private RowKey row(String fact) {
      return new RowKey(partition, prefix + fact);
    }
  }

  /** Where a visit was before a move: a time of a clinician at a place, by their Canvas ids. */
  public record Origin(Interval time, String practitioner, String location) {}

  /**
   * Notes which appointment belongs to a booking, as soon as we know it and before the patient
   * hears of it.
   *
   * @return false, with nothing noted, if another appointment was noted for this booking
   */
  public boolean note(String bookingId, String appointment) {
    RowKey key = Subject.ofBooking(bookingId).row(CREATED);
    Row row = Row.fresh(key, clock.instant().plus(KEPT), Map.of(ID, appointment));
    return rows.write(row) || appointment(bookingId).filter(appointment::equals).isPresent();
  }

  /** The appointment that was noted for a booking; empty if none was noted in the last 400 days. */
  public Optional<String> appointment(String bookingId) {
    return rows.read(Subject.ofBooking(bookingId).row(CREATED)).flatMap(row -> row.field(ID));
  }

  /**
   * Notes that we are about to cancel an appointment that was promised to nobody. We record it here
   * because Canvas may drop everything else that we write with the cancellation.
   */
  public void noteWithdrawn(String bookingId, String appointment) {
    Instant now = clock.instant();
    // If the table already has the row, an earlier attempt has noted the same.
    rows.write(
        Row.fresh(withdrawn(bookingId, appointment), now.plus(KEPT), Map.of("at", now.toString())));
  }

  /**
   * Whether the appointment was withdrawn. False if the booking has kept the appointment after all.
   */
  public boolean isWithdrawn(String bookingId, String appointment) {
    return rows.read(withdrawn(bookingId, appointment)).isPresent()
        && !isKept(bookingId, appointment);
  }

  private boolean isKept(String bookingId, String appointment) {
    return appointment(bookingId).filter(appointment::equals).isPresent()
        && isConfirmed(Subject.ofBooking(bookingId));
  }

  private static RowKey withdrawn(String bookingId, String appointment) {
    return RowKey.ofBooking(bookingId, "withdrawn#" + appointment);
  }

  /**
   * Records that we found no other appointment at this time. Call this before the patient is told.
   *
   * @param changed whether the request changed anything
   */
  public void noteConfirmed(Subject subject, boolean changed) {
    Instant now = clock.instant();
    Instant expires = now.plus(changed ? KEPT : UNCHANGED_KEPT);
    // If the table already has the row, another attempt has noted the same.
    rows.write(Row.fresh(subject.row(STAYS), expires, Map.of("at", now.toString())));
  }

  public boolean isConfirmed(Subject subject) {
    return rows.read(subject.row(STAYS)).isPresent();
  }

  /**
   * Notes a write that was tried just now and got no answer.
   *
   * @param mayLandWithin for how long the write may still take effect; if zero, nothing is recorded
   */
  public void noteUnsettled(Subject subject, Duration mayLandWithin) {
    if (mayLandWithin.isZero()) {
      return;
    }
    Instant until = clock.instant().plus(mayLandWithin);
    Map<String, String> fields = Map.of(UNTIL, until.toString());
    RowKey key = subject.row(UNSETTLED);
    rows.write(
        rows.read(key)
            .map(row -> row.next(until, fields))
            .orElseGet(() -> Row.fresh(key, until, fields)));
  }

  /** For how long an earlier write may still take effect; empty if it no longer can. */
  public Optional<Duration> mayStillLand(Subject subject) {
    Instant now = clock.instant();
    return rows.read(subject.row(UNSETTLED))
        .flatMap(row -> row.field(UNTIL))
        .map(Instants::parse)
        .filter(now::isBefore)
        .map(until -> Duration.between(now, until).plusSeconds(1));
  }

  /**
   * Call this only after a read of Canvas has not shown the effect of the earlier write.
   *
   * @throws UnavailableException while that write may still take effect
   */
  public void requireSettled(Subject subject) {
    Optional<Duration> left = mayStillLand(subject);
    if (left.isPresent()) {
      throw new UnavailableException("canvas", left.get());
    }
  }

  /** Records the patient's consent and language for messages. */
  public void noteConsent(String bookingId, Consent consent) {
    consent.write(bookingId, rows, clock);
  }

  /** Notes the state where the patient will be; the first one noted for a booking counts. */
  public void noteCareState(String bookingId, String state) {
    RowKey key = Subject.ofBooking(bookingId).row(STATE);
    if (rows.read(key).isEmpty()) {
      rows.write(Row.fresh(key, clock.instant().plus(KEPT), Map.of(STATE, state)));
    }
  }

  public Optional<String> careState(String bookingId) {
    return rows.read(Subject.ofBooking(bookingId).row(STATE)).flatMap(row -> row.field(STATE));
  }

  /**
   * Notes the id of a verification before it begins; the first one noted for a booking counts.
   *
   * @return the id that counts
   */
  public String noteVerification(String bookingId, String id) {
    Instant expires = clock.instant().plus(UNCHANGED_KEPT);
    RowKey key = Subject.ofBooking(bookingId).row(VERIFICATION);
    return rows.update(
            key,
            row ->
                row.isNew()
                    ? Optional.of(row.next(expires, Map.of(VERIFICATION, id)))
                    : Optional.empty())
        .or(() -> rows.read(key))
        .flatMap(row -> row.field(VERIFICATION))
        .orElse(id);
  }

  /** Records where the visit is now as the origin of this move. Replaces an earlier record. */
  public void noteOrigin(Subject move, Origin origin) {
    if (!origin(move).equals(Optional.of(origin))) {
      Instant expires = clock.instant().plus(ORIGIN_KEPT);
      RowKey key = move.row(ORIGIN);
      Row row = rows.read(key).orElseGet(() -> Row.fresh(key, expires, Map.of()));
      rows.write(row.next(expires, fields(origin)));
    }
  }

  /** Where the visit was before the move; empty if the move was never tried. */
  public Optional<Origin> origin(Subject move) {
    return rows.read(move.row(ORIGIN)).map(Row::fields).map(BookingJournal::origin);
  }

  private static Map<String, String> fields(Origin origin) {
    return Map.of(
        "start", origin.time().start().toString(),
        "end", origin.time().end().toString(),
        "practitioner", origin.practitioner(),
        "location", origin.location());
  }

  private static Origin origin(Map<String, String> fields) {
    return new Origin(
        new Interval(
            Instants.parse(fields.getOrDefault("start", "")),
            Instants.parse(fields.getOrDefault("end", ""))),
        fields.getOrDefault("practitioner", ""),
        fields.getOrDefault("location", ""));
  }

  /**
   * Records what the response to a booking promises. Call this before the response is sent. Any
   * later state of the visit is then reported as a change, even if the fan-out never saw the visit
   * as booked. An existing record is not overwritten.
   *
   * @param root the id of the first appointment of the visit
   * @param fingerprint what the patient will see of the visit
   */
  public void notePromise(String root, String fingerprint) {
    changes.write(
        root,
        Optional.empty(),
        new ChangeRecord(0, Change.BOOKED, fingerprint, false, clock.instant()));
  }
}
