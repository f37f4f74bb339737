package clinic.scheduling.checks.broken.circle;

/** Depends on a class nested in {@code Hen}, and {@code Hen} depends on this class. */
record Egg(Hen.Layer layer) {}
