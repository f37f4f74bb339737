package clinic.scheduling.upkeep.reconcile;

/**
 * An entry of ours that stands in a calendar.
 *
 * @param externalId the provider's
 * @param generation as its stamp says
 * @param print a keyed digest of what it says
 */
record ActualEntry(EntryKey place, String externalId, int generation, String print) {}
