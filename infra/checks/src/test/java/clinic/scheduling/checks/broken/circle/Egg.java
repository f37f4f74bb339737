package clinic.scheduling.checks.broken.circle;

/** Depends on the class that depends on it, through a class nested in that one. */
record Egg(Hen.Layer layer) {}
