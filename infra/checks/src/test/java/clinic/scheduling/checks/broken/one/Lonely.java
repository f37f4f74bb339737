package clinic.scheduling.checks.broken.one;

/** Public, though nobody else uses it. */
public record Lonely() {}
