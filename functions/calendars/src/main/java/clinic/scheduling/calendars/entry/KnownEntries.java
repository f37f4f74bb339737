package clinic.scheduling.calendars.entry;

import java.util.Set;

/**
 * What the ledger knows about a visit's entries.
 *
 * @param bindings the keys of the calendars that have or had an entry
 * @param removedAsOff the keys of the calendars whose entry was removed because the visit did not
 *     take place
 */
public record KnownEntries(Set<String> bindings, Set<String> removedAsOff) {
  public static final KnownEntries NOTHING = new KnownEntries(Set.of(), Set.of());

  public KnownEntries {
    bindings = Set.copyOf(bindings);
    removedAsOff = Set.copyOf(removedAsOff);
  }
}
