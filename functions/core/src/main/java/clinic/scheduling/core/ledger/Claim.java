package clinic.scheduling.core.ledger;

import java.time.Instant;

/** The answer to "may I do this now?". */
public sealed interface Claim {

  /** Yes, and nobody can have done it: {@code before} is what stood when it was last settled. */
  record Granted(Fence fence, Entry before) implements Claim {}

  /** Yes, but whoever had it before died at work: look the effect up by its name first. */
  record InDoubt(Fence fence, Entry before) implements Claim {}

  /** No: it stands as asked. */
  record AlreadyDone(Entry entry) implements Claim {}

  /** Not now: somebody is at work until {@code until} at most. */
  record Busy(Entry entry, Instant until) implements Claim {}
}
