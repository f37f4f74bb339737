package clinic.scheduling.simulation;

import clinic.scheduling.simulation.CrashPlan.Fate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One process of a function. Its clock is wrong by a constant, and it may die before or after any
 * effect. After its death, its code has no more effects.
 */
final class Process extends Clock {
  private final Run run;
  private final long skewMillis;
  private boolean dead;
  private long deadline = Long.MAX_VALUE;
  private @Nullable Fate fate;
  private int untilThen;
  private int effects;

  /** Makes Canvas answer this process as if there were no appointments. */
  boolean isBlind;

  /** The subject of the current invocation, for the checks of its effects. */
  final Work work = new Work();

  Process(Run run, long skewMillis) {
    this.run = run;
    this.skewMillis = skewMillis;
  }

  /** Notes of one invocation. */
  static final class Work {
    int calendarWrites;
    int sends;
    boolean hasTold;
    Truth.@Nullable Version served;

    /** The key of the message that is about to be sent. */
    String message = "";
  }

  /**
   * Starts an invocation.
   *
   * @param timeoutMillis when it times out
   * @param how the process dies, if it does
   */
  void begin(long timeoutMillis, @Nullable Fate how) {
    deadline = run.time.now() + timeoutMillis;
    work.calendarWrites = 0;
    work.sends = 0;
    work.hasTold = false;
    work.served = null;
    effects = 0;
    fate = how;
    untilThen = how == null ? 0 : how.times();
  }

  /** Ends an invocation. A process whose planned crash did not occur dies now. */
  void end() {
    if (fate != null) {
      die(EffectKind.END, false);
    }
    deadline = Long.MAX_VALUE;
  }

  /** The number of effects of the invocation. */
  int effects() {
    return effects;
  }

  boolean isDead() {
    return dead;
  }

  <T> T effect(EffectKind what, Supplier<T> effect) {
    @Nullable Fate end = strikes(what) ? fate : null;
    if (end != null && end.before()) {
      die(what, true);
    }
    waits(run.random.between(what.leastMillis, what.mostMillis));
    T answer = effect.get();
    if (end != null) {
      die(what, false);
    }
    return answer;
  }

  private boolean strikes(EffectKind what) {
    effects++;
    return fate != null && (fate.at() == null || fate.at() == what) && --untilThen == 0;
  }

  /** Waits without an effect. */
  void waits(long millis) {
    if (dead) {
      throw new ProcessKilled();
    }
    run.time.pass(millis);
    if (run.time.now() > deadline) {
      dead = true;
      run.result.count(Counter.TIMED_OUT);
      throw new ProcessKilled();
    }
  }

  private void die(EffectKind where, boolean before) {
    dead = true;
    run.result.killedAt(where, before);
    if (where == EffectKind.CANVAS_CREATE && !before) {
      run.result.count(Counter.DIED_BEFORE_RECORDING_A_BLOCK);
    }
    if (work.hasTold) {
      run.result.count(Counter.DIED_AFTER_TELLING);
    }
    throw new ProcessKilled();
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public long millis() {
    return run.time.now() + skewMillis;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("instants only");
  }
}
