package clinic.scheduling.checks.broken.one;

import clinic.scheduling.checks.broken.two.Late;

/** Needs the other package, which needs this one. */
public record Early(Late late) {}
