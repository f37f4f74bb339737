package clinic.scheduling.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the processes of one function die, in 2 of 100 invocations: half of them at any effect that
 * an invocation comes to, the others at a kind of effect, since some kinds are rare.
 */
final class Fates {
  private static final double KILLED_PERCENT = 2;
  private static final double AT_ANY_PERCENT = 50;

  private final Run run;
  private final List<Boundary> kinds;
  private double usual = 10;

  Fates(Run run, List<Boundary> kinds) {
    this.run = run;
    this.kinds = kinds;
  }

  /**
   * One death.
   *
   * @param at the kind of effect; none for any
   * @param times at how manieth of them
   * @param before whether that effect does not come about any more
   */
  record Fate(@Nullable Boundary at, int times, boolean before) {}

  /** None for an invocation that lives. */
  @Nullable Fate draw() {
    if (run.weather.isClear() || !run.chance.percent(KILLED_PERCENT)) {
      return null;
    }
    boolean before = run.chance.percent(50);
    if (run.chance.percent(AT_ANY_PERCENT)) {
      return new Fate(null, run.chance.between(1, (int) (1.3 * usual)), before);
    }
    return new Fate(run.chance.oneOf(kinds), run.chance.between(1, 2), before);
  }

  /** An invocation came to its end after so many effects. */
  void lived(int effects) {
    usual += (effects - usual) / 16;
  }
}
