package clinic.scheduling.upkeep.reconcile;

import java.util.Comparator;

/**
 * Where an entry stands, or should: one visit in one calendar.
 *
 * @param binding the key of the calendar
 * @param visit the first appointment of the thread
 */
record EntryKey(String binding, String visit) implements Comparable<EntryKey> {
  private static final Comparator<EntryKey> ORDER =
      Comparator.comparing(EntryKey::binding).thenComparing(EntryKey::visit);

  @Override
  public int compareTo(EntryKey other) {
    return ORDER.compare(this, other);
  }
}
