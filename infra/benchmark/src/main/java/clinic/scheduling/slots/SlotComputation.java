package clinic.scheduling.slots;

import clinic.scheduling.core.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Everything in a lookup that is computed and not asked for: from licences, hours, candidates and
 * busy times to the offers in order.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SlotComputation {
  private static final int CLINICIANS = 50;
  private static final int DAYS = 31;
  private static final int BUSY = 400;

  /** So many times as many days, and as much that is busy. */
  @Param({"1", "2", "4", "8"})
  public int times;

  private Instant now = Instant.EPOCH;
  private List<Case> cases = List.of();

  /** One clinician: who and where, what is asked, what Canvas proposes and what is busy. */
  record Case(
      BookableClinician who, SlotQuery query, List<Interval> candidates, List<Interval> busy) {}

  @Setup
  public void prepare() {
    SyntheticWeeks weeks = new SyntheticWeeks(DAYS * times);
    now = weeks.now();
    cases = new ArrayList<>();
    for (int number = 0; number < CLINICIANS; number++) {
      cases.add(
          new Case(
              weeks.clinician(number),
              weeks.query(),
              weeks.candidates(),
              weeks.busy(BUSY * times, number)));
    }
  }

  /** How many times Canvas proposes. */
  public long candidates() {
    return cases.stream().mapToLong(one -> one.candidates().size()).sum();
  }

  /** How many of them are offered. */
  public int offered() {
    return compute().size();
  }

  @Benchmark
  public Object offers() {
    return compute();
  }

  private List<Offer> compute() {
    List<Offer> offers = new ArrayList<>();
    for (Case one : cases) {
      BookableHours hours = BookableHours.of(one.who(), one.query(), now);
      offers.addAll(hours.offers(one.candidates(), one.busy()));
    }
    return Offer.inOrder(offers);
  }
}
