package clinic.scheduling.upkeep.reconcile;

/**
 * An entry that Canvas and the practice document ask for.
 *
 * @param print a keyed digest of what it says
 */
record Wanted(Place place, String print) {}
