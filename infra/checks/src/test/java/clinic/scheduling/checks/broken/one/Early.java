package clinic.scheduling.checks.broken.one;

import clinic.scheduling.checks.broken.two.Late;

/** Uses the other package, which uses this package. */
public record Early(Late late) {}
