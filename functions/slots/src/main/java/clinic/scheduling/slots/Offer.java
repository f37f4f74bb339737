package clinic.scheduling.slots;

import clinic.scheduling.core.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** One time with one clinician at one place. */
record Offer(Bookable with, Interval time) {
  /** By start, then clinician, then place: the order of the answer and of its pages. */
  static final Comparator<Offer> ORDER =
      Comparator.comparing(Offer::start)
          .thenComparing(Offer::practitioner)
          .thenComparing(Offer::location)
          .thenComparing(offer -> offer.with().schedule());

  /** In order; a time that several schedules of a clinician offer at one place appears once. */
  static List<Offer> inOrder(Collection<Offer> any) {
    return firstOfEach(
        any.stream().sorted(ORDER).toList(),
        one -> List.of(one.start(), one.practitioner(), one.location()));
  }

  /** Of offers in order, the first of each clinician. */
  static List<Offer> firstPerPractitioner(List<Offer> sorted) {
    return firstOfEach(sorted, Offer::practitioner);
  }

  private static List<Offer> firstOfEach(List<Offer> sorted, Function<Offer, Object> kind) {
    Set<Object> seen = new HashSet<>();
    List<Offer> firsts = new ArrayList<>();
    for (Offer offer : sorted) {
      if (seen.add(kind.apply(offer))) {
        firsts.add(offer);
      }
    }
    return firsts;
  }

  Instant start() {
    return time.start();
  }

  String practitioner() {
    return with.practitioner().id();
  }

  String location() {
    return with.location().id();
  }
}
