package clinic.scheduling.booking.request;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Fence;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.wiring.Seconds;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One request has one outcome, however often it is sent. We keep a word for the outcome and the id
 * of the appointment, never a body, for longer than visits can be booked ahead
 * (docs/decisions/0005-outcome-names-instead-of-bodies.md).
 *
 * <p>A request is {@linkplain #ofBooking found} by its key, {@linkplain Known#begin begun}, and its
 * attempt is settled in one of four ways: {@link Attempt#settle}, {@link Attempt#settleUnchanged},
 * {@link Attempt#settleRefused} or {@link Attempt#settleInterrupted}. If the process dies first, or
 * anything else is thrown, repeats are refused until the lease of the claim has ended. By then no
 * call of the attempt can still reach Canvas.
 */
@Singleton
public class Idempotency {
  private static final Duration KEPT = Duration.ofDays(400);

  /**
   * For requests that changed nothing. Longer than any slot value is valid, which is a day at most.
   */
  private static final Duration UNCHANGED_KEPT = Duration.ofDays(2);

  /** The request was refused. A repeat is decided again. */
  private static final String REFUSED = "refused";

  /**
   * The request was refused, but an earlier attempt without an answer may have changed something.
   */
  private static final String REFUSED_BUT_MAY_HAVE_ACTED = "refused again";

  /** The lease of a request. */
  @ConfigMapping(prefix = "")
  public interface Lease {
    /**
     * How long repeats are refused while an attempt under the same {@code Idempotency-Key} has not
     * ended: the time-out of this function and 30 s more.
     */
    @WithName("LEASE_SECONDS")
    @WithDefault("50")
    @WithConverter(Seconds.class)
    Duration length();
  }

  private final Rows rows;
  private final Ledger ledger;
  private final Clock clock;
  private final Duration lease;
  private final byte[] digestKey;

  public Idempotency(Rows rows, Clock clock, SignedTokens tokens, Lease lease) {
    this.rows = rows;
    this.ledger = new Ledger(rows, clock, KEPT);
    this.clock = clock;
    this.lease = lease.length();
    this.digestKey = tokens.digestKey("idempotency");
  }

  /**
   * @throws ProblemException if another body was sent under this key before
   */
  public Known ofBooking(String bookingId, JsonNode body) {
    return new Known(RowKey.ofBooking(bookingId, "request"), body);
  }

  /**
   * A request to change a visit. Such rows lie in a partition of their own
   * (docs/decisions/0019-requests-lie-apart-from-their-visit.md).
   *
   * @param root the id of the first appointment of the visit
   * @param change what is asked for, in one word
   * @throws ProblemException if another body was sent under this key before
   */
  public Known ofVisit(String root, String change, IdempotencyKey key, JsonNode body) {
    String sort = change + "#" + key.digest();
    // Earlier versions kept these rows in the visit's partition. Such rows live for up to 400 days
    // and are still used.
    RowKey former = RowKey.ofVisit(root, sort);
    return new Known(rows.read(former).isPresent() ? former : RowKey.ofRequest(root, sort), body);
  }

  /** A request, and what the ledger knew about it when it came. */
  public final class Known {
    private final RowKey row;
    private final String fingerprint;
    private final Optional<Entry> entry;

    private Known(RowKey row, JsonNode body) {
      this.row = row;
      this.fingerprint = Digest.keyed(digestKey, body.toString());
      this.entry = ledger.find(row);
      entry.ifPresent(one -> refuseOther(one, fingerprint));
    }

    /** The row of the request. */
    public RowKey row() {
      return row;
    }

    /** Whether the request was never attempted. */
    public boolean isNew() {
      return entry.isEmpty();
    }

    /** Whether every attempt so far was refused; false while one is at work or has died. */
    public boolean isRefused() {
      return entry.filter(Idempotency::isRefused).isPresent();
    }

    /** The outcome that was settled; empty if the request is new or not settled yet. */
    public Optional<String> outcome() {
      return entry.filter(Entry::isDone).map(Entry::external);
    }

    /**
     * Claims the request for one attempt.
     *
     * @throws ProblemException if another attempt is at work, or had another body
     */
    public Attempt begin() {
      return ledger
          .claimOnce(row, fingerprint, lease)
          .fold(
              granted -> new Attempt(granted.fence(), false, false),
              doubt -> new Attempt(doubt.fence(), true, Idempotency.isRefused(doubt.before())),
              done -> {
                refuseOther(done.entry(), fingerprint);
                return new Attempt(done.entry().external());
              },
              busy -> {
                refuseOther(busy.entry(), fingerprint);
                throw inProgress(busy.until());
              });
    }
  }

  /** One attempt at a request, to be settled when it ends. */
  public final class Attempt {
    private final Optional<Fence> fence;
    private final Optional<String> outcome;
    private final boolean mayHaveActed;
    private final boolean refusedBefore;

    private Attempt(Fence fence, boolean mayHaveActed, boolean refusedBefore) {
      this.fence = Optional.of(fence);
      this.outcome = Optional.empty();
      this.mayHaveActed = mayHaveActed;
      this.refusedBefore = refusedBefore;
    }

    private Attempt(String outcome) {
      this.fence = Optional.empty();
      this.outcome = Optional.of(outcome);
      this.mayHaveActed = true;
      this.refusedBefore = false;
    }

    /** The outcome if an earlier attempt has settled it: then there is nothing left to do. */
    public Optional<String> earlierOutcome() {
      return outcome;
    }

    /**
     * Whether an earlier attempt may have changed something. If so, look in Canvas before acting.
     */
    public boolean mayHaveActed() {
      return mayHaveActed;
    }

    /** Records the outcome. For 400 days, a repeat gets the same one. */
    public void settle(String word) {
      ledger.done(fence(), word, KEPT);
    }

    /** Neither this nor an earlier attempt changed anything, so two days are enough. */
    public void settleUnchanged(String word) {
      ledger.done(fence(), word, UNCHANGED_KEPT);
    }

    /**
     * Records that the request was refused; a repeat is decided again. Returns the reason, to be
     * thrown.
     */
    public ProblemException settleRefused(ProblemException reason) {
      String word = mayHaveActed && !refusedBefore ? REFUSED_BUT_MAY_HAVE_ACTED : REFUSED;
      leaveInDoubt(word, mayHaveActed ? KEPT : UNCHANGED_KEPT, reason);
      return reason;
    }

    /**
     * Records that nobody knows how far the attempt got; a repeat looks first. Returns the failure,
     * to be thrown.
     */
    public UnavailableException settleInterrupted(UnavailableException failure) {
      leaveInDoubt("", KEPT, failure);
      return failure;
    }

    /**
     * Ends the lease early, so that a repeat need not wait for it. If this write fails too, the
     * repeat waits.
     */
    private void leaveInDoubt(String word, Duration life, RuntimeException failure) {
      try {
        ledger.doubt(fence(), word, life);
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }

    private Fence fence() {
      return fence.orElseThrow();
    }
  }

  private static boolean isRefused(Entry entry) {
    return entry.state() == Entry.State.DOUBT && entry.external().equals(REFUSED);
  }

  private static void refuseOther(Entry entry, String fingerprint) {
    if (!entry.fingerprint().isEmpty() && !entry.fingerprint().equals(fingerprint)) {
      throw Problem.of(
              ProblemType.IDEMPOTENCY_KEY_REUSED, "Choose a new Idempotency-Key for a new request.")
          .asException();
    }
  }

  private ProblemException inProgress(Instant until) {
    Duration left = Duration.between(clock.instant(), until);
    Duration soon = Optional.of(left).filter(d -> d.toSeconds() < 5).orElse(Duration.ofSeconds(2));
    return Problem.of(ProblemType.IN_PROGRESS, "Send the same request again after a moment.")
        .retryAfter(soon)
        .asException();
  }
}
