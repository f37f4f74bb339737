package clinic.scheduling.canvas;

import java.time.Instant;

/**
 * A resource, and the time at which it was read.
 *
 * @param at the time of the read by Canvas's clock; a later update may require that the resource
 *     has not changed since then
 */
public record Versioned<T>(T resource, Instant at) {

  /**
   * The time for a stricter precondition. With this time, Canvas also refuses an update if the
   * resource changed in the second of the read. Canvas compares whole seconds (docs/facts/canvas.md
   * 1.6).
   */
  public Instant justBefore() {
    return at.minusSeconds(1);
  }
}
