package clinic.scheduling.upkeep.reconcile.compare;

import java.util.Comparator;

/**
 * Names an entry by its calendar and its visit: one visit has at most one entry in a calendar.
 *
 * @param binding the key of the calendar
 * @param visit the first appointment of the visit
 */
public record EntryKey(String binding, String visit) implements Comparable<EntryKey> {
  private static final Comparator<EntryKey> ORDER =
      Comparator.comparing(EntryKey::binding).thenComparing(EntryKey::visit);

  @Override
  public int compareTo(EntryKey other) {
    return ORDER.compare(this, other);
  }
}
