package clinic.scheduling.upkeep.reconcile;

import java.util.Comparator;

/**
 * Where an entry stands, or should: one visit in one calendar.
 *
 * @param binding the key of the calendar
 * @param visit the first appointment of the thread
 */
record Place(String binding, String visit) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::binding).thenComparing(Place::visit);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
