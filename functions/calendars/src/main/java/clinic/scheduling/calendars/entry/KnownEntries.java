package clinic.scheduling.calendars.entry;

import java.util.Set;

/**
 * What the ledger knows of a visit's entries, by the keys of their calendars.
 *
 * @param bindings the calendars that have or had an entry
 * @param ended the calendars whose entry was removed because the visit did not take place
 */
public record KnownEntries(Set<String> bindings, Set<String> ended) {
  public static final KnownEntries NOTHING = new KnownEntries(Set.of(), Set.of());

  public KnownEntries {
    bindings = Set.copyOf(bindings);
    ended = Set.copyOf(ended);
  }
}
