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
import java.util.function.Function;

/**
 * One request has one outcome, however often it is sent. We keep a word for the outcome and the
 * appointment's id, and never the body of the answer. We keep them for longer than visits can be
 * booked ahead (docs/decisions/0005-outcome-names-instead-of-bodies.md).
 *
 * <p>A caller of this class finds the request by its key with {@link #ofBooking}, {@link
 * #ofVerification} or {@link #ofVisit}, and runs its operation with {@link Known#once}.
 *
 * <p>If the outcome of an attempt is not recorded, for example because the process dies, repeats
 * are refused until the lease of the claim has ended. By then no call of the attempt can still
 * reach Canvas.
 */
@Singleton
public class Idempotency {
  private static final Duration KEPT = Duration.ofDays(400);

  /**
   * How long we keep a request that changed nothing. A slot can be booked for a day at most after
   * it was offered, so this is long enough.
   */
  private static final Duration UNCHANGED_KEPT = Duration.ofDays(2);

  /** The word for a request that was refused and has changed nothing. A repeat is decided anew. */
  private static final String REFUSED = "refused";

  /**
   * The word for a request that was refused, but of which an earlier attempt may have changed
   * something.
   */
  private static final String REFUSED_BUT_MAY_HAVE_ACTED = "refused again";

  /** The lease of a request. */
  @ConfigMapping(prefix = "")
  public interface Lease {
    /**
     * How long repeats are refused while an attempt under the same {@code Idempotency-Key} has not
     * ended. The template sets the function's time-out plus 30 s.
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
   * @throws ProblemException if the key was used before with another body
   */
  public Known ofBooking(String bookingId, JsonNode body) {
    return new Known(RowKey.ofBooking(bookingId, "request"), body);
  }

  /**
   * Finds a request that begins a verification instead of a booking.
   *
   * @param bookingId our identifier of a booking under the same {@code Idempotency-Key}
   * @throws ProblemException if the key was used before with another body
   */
  public Known ofVerification(String bookingId, JsonNode body) {
    return new Known(RowKey.ofBooking(bookingId, "verification"), body);
  }

  /**
   * Finds a request to change a visit. The rows of such requests are in a partition of their own,
   * apart from the rows of the visit (docs/decisions/0019-requests-lie-apart-from-their-visit.md).
   *
   * @param root the id of the first appointment of the visit
   * @param change one word for the kind of change, such as {@code reschedule}
   * @throws ProblemException if the key was used before with another body
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

    /** The ledger row of the request. */
    public RowKey row() {
      return row;
    }

    /** Whether the request was never attempted. */
    public boolean isNew() {
      return entry.isEmpty();
    }

    /**
     * Whether the request was refused and has changed nothing. False while an attempt is running,
     * and after an attempt has died.
     */
    public boolean isRefused() {
      return entry.filter(Idempotency::isRefused).isPresent();
    }

    /** The outcome that was settled; empty if the request is new or not settled yet. */
    public Optional<String> outcome() {
      return entry.filter(Entry::isDone).map(Entry::external);
    }

    /**
     * Runs the operation and records its outcome, unless an earlier attempt has recorded one. If
     * the operation throws, its exception is passed on, and a repeat of the request makes another
     * attempt.
     *
     * @param earlier makes a result of the text that an earlier attempt has recorded; nothing is
     *     recorded again
     * @throws ProblemException if another attempt is running, if an earlier attempt had another
     *     body, or if the operation throws it
     */
    public <R extends Result> R once(Function<String, R> earlier, Operation<R> operation) {
      return ledger
          .claimOnce(row, fingerprint, lease)
          .fold(
              granted -> new Attempt(granted.fence(), false, false).run(operation),
              doubt ->
                  new Attempt(doubt.fence(), true, Idempotency.isRefused(doubt.before()))
                      .run(operation),
              done -> {
                refuseOther(done.entry(), fingerprint);
                return earlier.apply(done.entry().external());
              },
              busy -> {
                refuseOther(busy.entry(), fingerprint);
                throw inProgress(busy.until());
              });
    }
  }

  /** What a request asks for. */
  @FunctionalInterface
  public interface Operation<R extends Result> {
    /**
     * @param mayHaveActed whether an earlier attempt may have changed something; if so, look in
     *     Canvas before acting
     * @throws ProblemException if the request is refused; a repeat is decided anew
     * @throws UnavailableException if we do not know how far the attempt got; a repeat first looks
     *     in Canvas
     */
    R run(boolean mayHaveActed);
  }

  /** The result of an operation. */
  public interface Result {
    /** The text that the ledger keeps; each repeat gets the same outcome. */
    String text();

    /**
     * False if neither this attempt nor an earlier one has changed anything. Then the text is kept
     * for two days, and otherwise for 400 days.
     */
    boolean mayHaveChanged();
  }

  /** One attempt at a request. */
  private final class Attempt {
    private final Fence fence;
    private final boolean mayHaveActed;
    private final boolean refusedBefore;

    Attempt(Fence fence, boolean mayHaveActed, boolean refusedBefore) {
      this.fence = fence;
      this.mayHaveActed = mayHaveActed;
      this.refusedBefore = refusedBefore;
    }

    <R extends Result> R run(Operation<R> operation) {
      try {
        R result = operation.run(mayHaveActed);
        ledger.done(fence, result.text(), result.mayHaveChanged() ? KEPT : UNCHANGED_KEPT);
        return result;
      } catch (ProblemException e) {
        String word = mayHaveActed && !refusedBefore ? REFUSED_BUT_MAY_HAVE_ACTED : REFUSED;
        leaveInDoubt(word, mayHaveActed ? KEPT : UNCHANGED_KEPT, e);
        throw e;
      } catch (UnavailableException e) {
        leaveInDoubt("", KEPT, e);
        throw e;
      }
    }

    /**
     * Ends the lease early, so that a repeat does not have to wait for its end. If this write fails
     * too, the repeat has to wait.
     */
    private void leaveInDoubt(String word, Duration life, RuntimeException failure) {
      try {
        ledger.doubt(fence, word, life);
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
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
