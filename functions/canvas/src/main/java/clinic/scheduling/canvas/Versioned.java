package clinic.scheduling.canvas;

import java.time.Instant;

/**
 * A resource, and the time at which it was read.
 *
 * @param at the time by Canvas's clock: the precondition of a later update
 */
public record Versioned<T>(T resource, Instant at) {

  /**
   * A stricter precondition, which also refuses if the resource changed in the second of the read:
   * Canvas compares whole seconds (docs/facts/canvas.md 1.6).
   */
  public Instant justBefore() {
    return at.minusSeconds(1);
  }
}
