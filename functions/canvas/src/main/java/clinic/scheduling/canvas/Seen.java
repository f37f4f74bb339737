package clinic.scheduling.canvas;

import java.time.Instant;

/**
 * A resource as it was read.
 *
 * @param at what Canvas's own clock showed then: the precondition of an update that follows
 */
public record Seen<T>(T resource, Instant at) {}
