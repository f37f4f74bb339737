package clinic.scheduling.core.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The ledger's answer to a worker that wants to carry out an effect. */
public sealed interface Claim {

  /**
   * The worker may carry out the effect. No other worker can have carried it out since {@code
   * before}, the entry as it was last settled.
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
   * The worker may carry out the effect, but nobody knows whether an earlier worker has already
   * done so. The earlier worker let its lease end without settling, or settled the effect as in
   * doubt. Search the outside system for the effect by its name first.
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

  /** The worker must not carry out the effect, because it has been carried out already. */
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

  /**
   * The worker must not carry out the effect now. Another worker has the claim until {@code until}
   * at the latest.
   */
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

  /** Calls the function for this kind of answer and returns its result. */
  <R> R fold(
      Function<Granted, R> granted,
      Function<InDoubt, R> inDoubt,
      Function<AlreadyDone, R> done,
      Function<Busy, R> busy);

  /** The entry of the effect, as it was when the ledger answered. */
  default Entry known() {
    return fold(Granted::before, InDoubt::before, AlreadyDone::entry, Busy::entry);
  }

  /**
   * The fence of a {@link Granted} or {@link InDoubt} claim; empty if the worker must not carry out
   * the effect.
   */
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
