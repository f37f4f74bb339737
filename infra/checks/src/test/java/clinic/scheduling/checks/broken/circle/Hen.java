package clinic.scheduling.checks.broken.circle;

/** Depends on {@code Egg}, which depends on this class. */
record Hen(Egg egg) {
  record Layer() {}
}
