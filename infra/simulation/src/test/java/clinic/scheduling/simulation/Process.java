package clinic.scheduling.simulation;

import clinic.scheduling.simulation.Fates.Fate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One process of a function: its clock, which is wrong by a constant, and its life, which may end
 * before or after any effect. Once dead it has no effect any more, whatever its code still tries.
 */
final class Process extends Clock {
  private final Run run;
  private final long skewMillis;
  private boolean dead;
  private long deadline = Long.MAX_VALUE;
  private @Nullable Fate fate;
  private int untilThen;
  private int effects;

  /** Canvas answers it as if there were no appointments. */
  boolean isBlind;

  /** What the invocation of now is about, for what its effects are checked against. */
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
    Clinic.@Nullable Version served;

    /** The name of the message that is about to be sent. */
    String message = "";
  }

  /**
   * An invocation begins.
   *
   * @param timeoutMillis after which it is ended from outside
   * @param how it dies, if it does
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

  /** The work is done; a process that was to die and did not come to it dies now. */
  void end() {
    if (fate != null) {
      die(Boundary.END, false);
    }
    deadline = Long.MAX_VALUE;
  }

  /** How many effects the invocation has come to. */
  int effects() {
    return effects;
  }

  boolean isDead() {
    return dead;
  }

  <T> T effect(Boundary what, Supplier<T> effect) {
    @Nullable Fate end = strikes(what) ? fate : null;
    if (end != null && end.before()) {
      die(what, true);
    }
    waits(run.chance.between(what.leastMillis, what.mostMillis));
    T answer = effect.get();
    if (end != null) {
      die(what, false);
    }
    return answer;
  }

  private boolean strikes(Boundary what) {
    effects++;
    return fate != null && (fate.at() == null || fate.at() == what) && --untilThen == 0;
  }

  /** Waits without an effect. */
  void waits(long millis) {
    if (dead) {
      throw new Killed();
    }
    run.time.pass(millis);
    if (run.time.now() > deadline) {
      dead = true;
      run.tally.count(Counted.TIMED_OUT);
      throw new Killed();
    }
  }

  private void die(Boundary where, boolean before) {
    dead = true;
    run.tally.killedAt(where, before);
    if (work.hasTold) {
      run.tally.count(Counted.DIED_AFTER_TELLING);
    }
    throw new Killed();
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
