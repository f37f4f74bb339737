package clinic.scheduling.calendars.entry;

import java.util.Set;

/**
 * What the ledger knows of a visit's entries, by the keys of their bindings.
 *
 * @param bindings where an entry stands or stood
 * @param ended where it was taken away because the visit was off
 */
public record KnownEntries(Set<String> bindings, Set<String> ended) {
  public static final KnownEntries NOTHING = new KnownEntries(Set.of(), Set.of());

  public KnownEntries {
    bindings = Set.copyOf(bindings);
    ended = Set.copyOf(ended);
  }
}
