package clinic.scheduling.core.ledger;

import clinic.scheduling.core.Instants;
import java.time.Instant;
import java.util.Map;

/**
 * What the ledger knows of one effect.
 *
 * @param fingerprint of what was to be done; a keyed digest where it covers patient data
 * @param external the id that the outside system gave or was given, empty if none
 * @param generation counts how often the outside thing was made anew; part of its name
 * @param leaseUntil until when a claim is respected; of what is settled, when that was
 */
public record Entry(
    State state, String fingerprint, String external, int generation, Instant leaseUntil) {

  /** The life of an effect. */
  public enum State {
    /** Nobody is at work and nothing is owed. */
    OPEN,
    /** Somebody is at work, or was when the process died. */
    CLAIMED,
    /** The effect stands as the fingerprint says. */
    DONE,
    /** Nobody can say whether the effect happened; a person has to look. */
    DOUBT
  }

  static final Entry NONE = new Entry(State.OPEN, "", "", 0, Instant.EPOCH);

  /** What a row of the ledger says. */
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

  /** When it was settled; of one that was not, when its claim ended. */
  public Instant settled() {
    return leaseUntil;
  }

  Entry claimedFor(String newFingerprint, Instant until) {
    return new Entry(State.CLAIMED, newFingerprint, external, generation, until);
  }
}
