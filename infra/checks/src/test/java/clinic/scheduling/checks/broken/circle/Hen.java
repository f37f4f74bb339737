package clinic.scheduling.checks.broken.circle;

/** Depends on the class that depends on it. */
record Hen(Egg egg) {
  record Layer() {}
}
