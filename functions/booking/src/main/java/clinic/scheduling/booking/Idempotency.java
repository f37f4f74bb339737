package clinic.scheduling.booking;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Fence;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.token.SignedTokens;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One request, one outcome, however often it is sent. The outcome that is kept names what was
 * answered and the appointment; never a body. Kept longer than any visit lies ahead.
 */
@Singleton
class Idempotency {
  private static final Duration KEPT = Duration.ofDays(400);

  /** Where nothing changed: longer than any slot can be booked or moved to, which is a day. */
  static final Duration UNCHANGED_KEPT = Duration.ofDays(2);

  /** The caller was told that it cannot be; a repeat is looked at anew. */
  private static final String REFUSED = "refused";

  /** The same, but an earlier try that was not answered may have got anywhere. */
  private static final String REFUSED_AGAIN = "refused again";

  private final Ledger ledger;
  private final Clock clock;
  private final Duration lease;
  private final byte[] digestKey;

  Idempotency(Rows rows, Clock clock, SignedTokens tokens, BookingSettings.Lease lease) {
    this.ledger = new Ledger(rows, clock, KEPT);
    this.clock = clock;
    this.lease = lease.length();
    this.digestKey = tokens.digestKey("idempotency");
  }

  /** The work behind a request. */
  @FunctionalInterface
  interface Work {
    /**
     * @param seenBefore an earlier try may have got anywhere: look before acting
     * @return the outcome to keep
     */
    Settled run(boolean seenBefore);
  }

  /**
   * What became of a request.
   *
   * @param life how long a repeat is told the same
   */
  record Settled(String outcome, Duration life) {

    static Settled kept(String outcome) {
      return new Settled(outcome, KEPT);
    }

    /** Neither it nor an earlier try of it changed anything, so a repeat may be looked at anew. */
    static Settled unchanged(String outcome) {
      return new Settled(outcome, UNCHANGED_KEPT);
    }
  }

  /** The key that the caller chose, or a problem that asks for one. */
  static String keyOf(Request request) {
    String key = request.header("idempotency-key").orElse("");
    if (!key.matches("[\\x21-\\x7e]{1,255}")) {
      throw Problem.invalid(
              "Idempotency-Key", "must be a header of 1 to 255 visible ASCII characters")
          .asException();
    }
    return key;
  }

  /**
   * Runs the work unless it was run before.
   *
   * @param admission refuses, by an exception, a request that was never seen; nothing is kept of it
   * @return the outcome, of now or of the first time
   * @throws ProblemException if the first request is still at work, or had another body
   */
  String outcome(RowKey name, JsonNode body, Runnable admission, Work work) {
    String fingerprint = fingerprint(body);
    ledger.find(name).ifPresentOrElse(entry -> refuseOther(entry, fingerprint), admission);
    Claim claim = ledger.claimOnce(name, fingerprint, lease);
    if (claim instanceof Claim.AlreadyDone done) {
      refuseOther(done.entry(), fingerprint);
      return done.entry().external();
    }
    if (claim instanceof Claim.Busy busy) {
      refuseOther(busy.entry(), fingerprint);
      throw inProgress(busy.until());
    }
    return claim instanceof Claim.InDoubt doubtful
        ? settled(doubtful.fence(), work, true, isRefused(doubtful.before()))
        : settled(((Claim.Granted) claim).fence(), work, false, false);
  }

  /** Whether each try of it so far was refused; not while one is at work, or where one has died. */
  boolean isRefused(RowKey name) {
    return ledger.find(name).filter(Idempotency::isRefused).isPresent();
  }

  private static boolean isRefused(Entry entry) {
    return entry.state() == Entry.State.DOUBT && entry.external().equals(REFUSED);
  }

  /** Whether this very request, with this body, was ever begun. */
  boolean isKnown(RowKey name, JsonNode body) {
    Optional<Entry> entry = ledger.find(name);
    entry.ifPresent(one -> refuseOther(one, fingerprint(body)));
    return entry.isPresent();
  }

  /** What was answered to this very request; empty if it is new, or not settled yet. */
  Optional<String> answered(RowKey name, JsonNode body) {
    return isKnown(name, body)
        ? ledger.find(name).filter(Entry::isDone).map(Entry::external)
        : Optional.empty();
  }

  private String fingerprint(JsonNode body) {
    return Digest.keyed(digestKey, body.toString());
  }

  /**
   * After anything but what the work says on purpose nobody knows how far it got: the claim stays,
   * and its lease keeps repeats away until nothing of it can be on its way any more.
   */
  private String settled(Fence fence, Work work, boolean seenBefore, boolean refusedBefore) {
    try {
      Settled settled = work.run(seenBefore);
      ledger.done(fence, settled.outcome(), settled.life());
      return settled.outcome();
    } catch (ProblemException e) {
      String word = seenBefore && !refusedBefore ? REFUSED_AGAIN : REFUSED;
      leaveInDoubt(fence, seenBefore ? Settled.kept(word) : Settled.unchanged(word), e);
      throw e;
    } catch (UnavailableException e) {
      leaveInDoubt(fence, Settled.kept(""), e);
      throw e;
    }
  }

  /** The repeat need not wait for the lease; if even this fails, it does. */
  private void leaveInDoubt(Fence fence, Settled how, RuntimeException failure) {
    try {
      ledger.doubt(fence, how.outcome(), how.life());
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
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
