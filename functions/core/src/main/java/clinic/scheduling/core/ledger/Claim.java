package clinic.scheduling.core.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The ledger's answer to a worker that wants to carry out an effect. */
public sealed interface Claim {

  /**
   * Granted: no other worker can have carried out the effect since {@code before}, the entry as it
   * was last settled.
   */
  record Granted(Fence fence, Entry before) implements Claim {
    @Override
    public <R> R fold(
        Function<Granted, R> granted,
        Function<InDoubt, R> inDoubt,
        Function<AlreadyDone, R> done,
        Function<Busy, R> busy) {
      return granted.apply(this);
    }
  }

  /**
   * Granted, but nobody knows whether an earlier worker carried out the effect (it died at work, or
   * settled the effect as in doubt). Look the effect up by its name first.
   */
  record InDoubt(Fence fence, Entry before) implements Claim {
    @Override
    public <R> R fold(
        Function<Granted, R> granted,
        Function<InDoubt, R> inDoubt,
        Function<AlreadyDone, R> done,
        Function<Busy, R> busy) {
      return inDoubt.apply(this);
    }
  }

  /** No: the effect has been carried out already. */
  record AlreadyDone(Entry entry) implements Claim {
    @Override
    public <R> R fold(
        Function<Granted, R> granted,
        Function<InDoubt, R> inDoubt,
        Function<AlreadyDone, R> done,
        Function<Busy, R> busy) {
      return done.apply(this);
    }
  }

  /** Not granted: another worker has the lease, which ends at {@code until} at the latest. */
  record Busy(Entry entry, Instant until) implements Claim {
    @Override
    public <R> R fold(
        Function<Granted, R> granted,
        Function<InDoubt, R> inDoubt,
        Function<AlreadyDone, R> done,
        Function<Busy, R> busy) {
      return busy.apply(this);
    }
  }

  /** Calls the function of this answer and returns its result. */
  <R> R fold(
      Function<Granted, R> granted,
      Function<InDoubt, R> inDoubt,
      Function<AlreadyDone, R> done,
      Function<Busy, R> busy);

  /** What the ledger knew of the effect when it answered. */
  default Entry known() {
    return fold(Granted::before, InDoubt::before, AlreadyDone::entry, Busy::entry);
  }

  /** The fence of a granted or doubtful claim; empty if the worker may not carry out the effect. */
  default Optional<Fence> won() {
    return fold(
        granted -> Optional.of(granted.fence()),
        doubt -> Optional.of(doubt.fence()),
        done -> Optional.empty(),
        busy -> Optional.empty());
  }

  default Optional<Granted> asGranted() {
    return fold(
        Optional::of,
        doubt -> Optional.empty(),
        done -> Optional.empty(),
        busy -> Optional.empty());
  }

  default Optional<InDoubt> asInDoubt() {
    return fold(
        granted -> Optional.empty(),
        Optional::of,
        done -> Optional.empty(),
        busy -> Optional.empty());
  }

  default boolean isAlreadyDone() {
    return fold(granted -> false, doubt -> false, done -> true, busy -> false);
  }

  default boolean isBusy() {
    return fold(granted -> false, doubt -> false, done -> false, busy -> true);
  }
}
