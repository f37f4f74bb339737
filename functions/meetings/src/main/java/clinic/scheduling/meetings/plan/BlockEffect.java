package clinic.scheduling.meetings.plan;

import clinic.scheduling.core.Interval;
import java.util.Optional;
import java.util.function.Function;

/** One change to one block. */
public sealed interface BlockEffect {

  /** The digest in the name of the block. */
  String block();

  <R> R fold(Function<Put, R> put, Function<Cancel, R> cancel, Function<Forget, R> forget);

  /** Brings the block to this state, and creates it if it does not exist. */
  record Put(WantedBlock wanted, Action action) implements BlockEffect {
    /** What is expected to happen. */
    public enum Action {
      CREATE,
      MOVE,
      RETITLE
    }

    @Override
    public String block() {
      return wanted.block();
    }

    @Override
    public <R> R fold(
        Function<Put, R> put, Function<Cancel, R> cancel, Function<Forget, R> forget) {
      return put.apply(this);
    }
  }

  /**
   * Cancels the block.
   *
   * @param time the time that the block has, if known
   */
  record Cancel(String block, Optional<Interval> time) implements BlockEffect {
    @Override
    public <R> R fold(
        Function<Put, R> put, Function<Cancel, R> cancel, Function<Forget, R> forget) {
      return cancel.apply(this);
    }
  }

  /** Forgets a block that is over. Canvas keeps it. */
  record Forget(String block) implements BlockEffect {
    @Override
    public <R> R fold(
        Function<Put, R> put, Function<Cancel, R> cancel, Function<Forget, R> forget) {
      return forget.apply(this);
    }
  }
}
