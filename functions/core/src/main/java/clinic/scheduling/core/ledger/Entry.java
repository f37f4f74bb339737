package clinic.scheduling.core.ledger;

import clinic.scheduling.core.Instants;
import java.time.Instant;
import java.util.Map;

/**
 * What the ledger knows about one effect.
 *
 * @param fingerprint a digest of the state that the outside system should have; a keyed digest if
 *     it covers patient data
 * @param external the id in the outside system; empty if there is none
 * @param generation how often the object in the outside system was created again; the number is
 *     part of the name of the object
 * @param leaseUntil the end of the lease while the effect is claimed; otherwise the time at which
 *     the effect was settled
 */
public record Entry(
    State state, String fingerprint, String external, int generation, Instant leaseUntil) {

  /** The state of an effect. */
  public enum State {
    /** No worker has the claim. The next worker gets it, whatever its fingerprint. */
    OPEN,
    /** A worker has claimed the effect. That worker is still at work, or has died. */
    CLAIMED,
    /** The outside system is in the state of the fingerprint. */
    DONE,
    /**
     * Nobody knows whether the effect happened. If the outside system can be searched for the
     * effect, the next worker does so. If the effect is a message, a person has to check.
     */
    DOUBT
  }

  static final Entry NONE = new Entry(State.OPEN, "", "", 0, Instant.EPOCH);

  /** Reads a row of the ledger. */
  public static Entry of(Row row) {
    Map<String, String> fields = row.fields();
    return new Entry(
        State.valueOf(fields.getOrDefault("state", "OPEN")),
        fields.getOrDefault("fingerprint", ""),
        fields.getOrDefault("external", ""),
        Integer.parseInt(fields.getOrDefault("generation", "0")),
        Instants.parse(fields.getOrDefault("leaseUntil", Instant.EPOCH.toString())));
  }

  Map<String, String> fields() {
    return Map.of(
        "state", state.name(),
        "fingerprint", fingerprint,
        "external", external,
        "generation", Integer.toString(generation),
        "leaseUntil", leaseUntil.toString());
  }

  public boolean isDone() {
    return state == State.DONE;
  }

  /** Whether nobody knows what the outside system has. */
  public boolean isInDoubt() {
    return state == State.CLAIMED || state == State.DOUBT;
  }

  /**
   * The time at which the effect was settled. While the effect is claimed, this is the end of the
   * lease.
   */
  public Instant settledAt() {
    return leaseUntil;
  }

  Entry claimedFor(String newFingerprint, Instant until) {
    return new Entry(State.CLAIMED, newFingerprint, external, generation, until);
  }
}
