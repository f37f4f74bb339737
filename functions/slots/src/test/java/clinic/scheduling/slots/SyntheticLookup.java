package clinic.scheduling.slots;

import clinic.scheduling.core.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes what a lookup computes, from licences, hours, candidates and busy times to the sorted
 * offers. The input is the same in every run. The benchmark measures this.
 */
public final class SyntheticLookup {
  private static final int CLINICIANS = 50;
  private static final int DAYS = 31;
  private static final int BUSY = 400;

  private final Instant now;
  private final List<Case> cases = new ArrayList<>();

  /**
   * One clinician at one place, with the query, the times that Canvas proposes, and the busy times.
   */
  private record Case(
      BookableClinician who, SlotQuery query, List<Interval> candidates, List<Interval> busy) {}

  /**
   * @param times a factor: each clinician has 31 days and 400 busy intervals, multiplied by it
   */
  public SyntheticLookup(int times) {
    SyntheticWeeks weeks = new SyntheticWeeks(DAYS * times);
    now = weeks.now();
    for (int number = 0; number < CLINICIANS; number++) {
      cases.add(
          new Case(
              weeks.clinician(number),
              weeks.query(),
              weeks.candidates(),
              weeks.busy(BUSY * times, number)));
    }
  }

  /** The number of times that Canvas proposes. */
  public long candidates() {
    return cases.stream().mapToLong(one -> one.candidates().size()).sum();
  }

  /**
   * Computes the offers.
   *
   * @return how many there are
   */
  public int offered() {
    List<Offer> offers = new ArrayList<>();
    for (Case one : cases) {
      BookableHours hours = BookableHours.of(one.who(), one.query(), now);
      offers.addAll(hours.offers(one.candidates(), one.busy()));
    }
    return Offer.inOrder(offers).size();
  }
}
