package clinic.scheduling.slots;

import clinic.scheduling.core.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A time that can be booked, with one clinician at one place. */
record Offer(BookableClinician clinician, Interval time) {
  private static final Comparator<Offer> BY_CLINICIAN_AND_LOCATION =
      Comparator.comparing(Offer::practitioner)
          .thenComparing(Offer::location)
          .thenComparing(offer -> offer.clinician().schedule());

  /**
   * Sorts by start, then by clinician, then by location. This is the order of the answer and of its
   * pages. If several schedules of a clinician offer the same time at one location, only one of
   * these offers is kept.
   */
  static List<Offer> inOrder(Collection<Offer> any) {
    // Many offers have the same start, so grouping them first leaves few starts to sort.
    Map<Instant, List<Offer>> byStart = new HashMap<>();
    any.forEach(one -> byStart.computeIfAbsent(one.start(), start -> new ArrayList<>()).add(one));
    List<Offer> inOrder = new ArrayList<>(any.size());
    new TreeMap<>(byStart).values().forEach(atOneTime -> addWithoutDuplicates(atOneTime, inOrder));
    return inOrder;
  }

  private static void addWithoutDuplicates(List<Offer> atOneTime, List<Offer> inOrder) {
    atOneTime.sort(BY_CLINICIAN_AND_LOCATION);
    for (int i = 0; i < atOneTime.size(); i++) {
      if (i == 0 || !atOneTime.get(i).hasSamePlaceAndClinician(atOneTime.get(i - 1))) {
        inOrder.add(atOneTime.get(i));
      }
    }
  }

  /** The first offer of each clinician. */
  static List<Offer> firstPerPractitioner(List<Offer> sorted) {
    Set<String> seen = new HashSet<>();
    return sorted.stream().filter(offer -> seen.add(offer.practitioner())).toList();
  }

  private boolean hasSamePlaceAndClinician(Offer other) {
    return practitioner().equals(other.practitioner()) && location().equals(other.location());
  }

  Instant start() {
    return time.start();
  }

  String practitioner() {
    return clinician.practitioner().id();
  }

  String location() {
    return clinician.location().id();
  }
}
