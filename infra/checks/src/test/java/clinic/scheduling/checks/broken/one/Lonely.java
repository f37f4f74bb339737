package clinic.scheduling.checks.broken.one;

/** Is public, though no other package uses it. */
public record Lonely() {}
