package clinic.scheduling.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the processes of one function crash: in 2 of 100 invocations, half of them at a random
 * effect, the others at a chosen kind of effect, because some kinds are rare.
 */
final class CrashPlan {
  private static final double USUAL_PERCENT = 2;
  private static final double AT_ANY_PERCENT = 50;

  private final Run run;
  private final List<EffectKind> kinds;
  private final double killedPercent;
  private final double beforePercent;
  private double usual = 10;

  CrashPlan(Run run, List<EffectKind> kinds) {
    this(run, kinds, USUAL_PERCENT, 50);
  }

  /**
   * For a function with few invocations. After an effect that is refused, nobody dies, so fewer
   * crashes are planned before effects than after them.
   */
  static CrashPlan often(Run run, List<EffectKind> kinds, double killedPercent) {
    return new CrashPlan(run, kinds, killedPercent, 30);
  }

  private CrashPlan(Run run, List<EffectKind> kinds, double killedPercent, double beforePercent) {
    this.beforePercent = beforePercent;
    this.run = run;
    this.kinds = kinds;
    this.killedPercent = killedPercent;
  }

  /**
   * One crash.
   *
   * @param at the kind of effect; none for any
   * @param times the number of the effect of that kind
   * @param before whether the process dies before the effect
   */
  record Fate(@Nullable EffectKind at, int times, boolean before) {}

  /** The crash of the next invocation; none if it survives. */
  @Nullable Fate draw() {
    if (run.faults.isClear() || !run.random.percent(killedPercent)) {
      return null;
    }
    boolean before = run.random.percent(beforePercent);
    if (run.random.percent(AT_ANY_PERCENT)) {
      return new Fate(null, run.random.between(1, (int) (1.3 * usual)), before);
    }
    return new Fate(run.random.oneOf(kinds), run.random.between(1, 2), before);
  }

  /** Records how many effects an invocation had. */
  void lived(int effects) {
    usual += (effects - usual) / 16;
  }
}
