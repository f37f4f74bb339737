package clinic.scheduling.upkeep.reconcile;

/**
 * What the ledger knows of a place.
 *
 * @param externalId of the entry that stands there; empty if none
 * @param busy a worker is changing it just now
 * @param settled the last worker came to an end
 */
record TrackedEntry(EntryKey place, String externalId, boolean busy, boolean settled) {}
