package clinic.scheduling.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One process of a function: its clock, which is wrong by a constant, and its life, which may end
 * before or after any effect. Once dead it has no effect any more, whatever its code still tries.
 */
final class Process extends Clock {
  private static final int KILLED_PERCENT = 2;

  private final Run run;
  private final long skewMillis;
  private boolean dead;
  private long deadline = Long.MAX_VALUE;
  private @Nullable Boundary killAt;
  private int killAfterTimes;
  private boolean killBefore;

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
    boolean leftToAnother;
    Clinic.@Nullable Version served;

    /** The name of the message that is about to be sent. */
    String message = "";
  }

  /**
   * An invocation begins.
   *
   * @param timeoutMillis after which it is ended from outside
   * @param where it may die
   */
  void begin(long timeoutMillis, List<Boundary> where) {
    deadline = run.time.now() + timeoutMillis;
    work.calendarWrites = 0;
    work.sends = 0;
    work.leftToAnother = false;
    work.served = null;
    killAt = null;
    if (!run.weather.isClear() && run.chance.percent(KILLED_PERCENT)) {
      killAt = run.chance.oneOf(where);
      killAfterTimes =
          killAt == Boundary.ROW_WRITE || killAt == Boundary.ROW_READ
              ? run.chance.between(1, 12)
              : run.chance.between(1, killAt.isCalendar() ? 1 : 2);
      killBefore = run.chance.percent(50);
    }
  }

  /** The work is done; a process that was to die and did not come to it dies now. */
  void end() {
    if (killAt != null) {
      die(Boundary.END, false);
    }
    deadline = Long.MAX_VALUE;
  }

  boolean isDead() {
    return dead;
  }

  <T> T effect(Boundary what, Supplier<T> effect) {
    return effect(what, run.chance.between(what.leastMillis, what.mostMillis), effect);
  }

  <T> T effect(Boundary what, int millis, Supplier<T> effect) {
    if (dead) {
      throw new Killed();
    }
    boolean strikes = what == killAt && --killAfterTimes == 0;
    if (strikes && killBefore) {
      die(what, true);
    }
    run.time.pass(millis);
    if (run.time.now() > deadline) {
      dead = true;
      run.tally.count(Counted.TIMED_OUT);
      throw new Killed();
    }
    T answer = effect.get();
    if (strikes) {
      die(what, false);
    }
    return answer;
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
