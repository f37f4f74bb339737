package clinic.scheduling.core.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The ledger's answer to a worker that wants to carry out an effect. */
public sealed interface Claim {

  /** Yes, and no other worker can have done it: {@code before} is the entry as last settled. */
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

  /** Yes, but the worker before died at work: first look the effect up by its name. */
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

  /** Not now: another worker has the lease, {@code until} then at most. */
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

  /** The right to settle the effect, if the worker may carry it out. */
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
