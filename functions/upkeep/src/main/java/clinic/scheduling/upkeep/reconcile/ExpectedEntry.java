package clinic.scheduling.upkeep.reconcile;

/**
 * An entry that Canvas and the practice document ask for.
 *
 * @param print a keyed digest of what it says
 * @param inside whether it belongs into the days that are looked at; a listing of them cannot show
 *     it otherwise
 */
record ExpectedEntry(EntryKey place, String print, boolean inside) {}
