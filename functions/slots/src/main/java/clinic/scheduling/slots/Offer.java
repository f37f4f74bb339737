package clinic.scheduling.slots;

import clinic.scheduling.core.Interval;
import java.time.Instant;
import java.util.Comparator;

/** One time with one clinician at one place. */
record Offer(Bookable with, Interval time) {
  /** By start, then clinician, then place: the order of the answer and of its pages. */
  static final Comparator<Offer> ORDER =
      Comparator.comparing(Offer::start)
          .thenComparing(Offer::practitioner)
          .thenComparing(Offer::location);

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
