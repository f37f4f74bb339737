package clinic.scheduling.canvas;

import java.time.Instant;

/**
 * A resource as it was read.
 *
 * @param at what Canvas's own clock showed then: the precondition of an update that follows
 */
public record Versioned<T>(T resource, Instant at) {

  /**
   * A precondition that also refuses what changed in the very second of the read, before it or
   * after it: Canvas compares whole seconds (docs/facts/canvas.md 1.6).
   */
  public Instant justBefore() {
    return at.minusSeconds(1);
  }
}
