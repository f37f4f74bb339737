package clinic.scheduling.core.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which worker may carry out an effect, and records the result. A worker claims the effect
 * with a lease, carries it out, and settles it. Each step is a conditional write, so only one
 * worker at a time has the claim, and a worker whose claim was taken over can settle nothing
 * ({@link FenceLostException}). If the response to a claim is lost, the worker still has the claim.
 *
 * <p>Rows are kept for 30 days after their last change, unless stated otherwise. They contain ids
 * and digests only.
 */
public final class Ledger {
  private static final Duration KEPT = Duration.ofDays(30);

  private final Rows rows;
  private final IdempotentWrites writes;
  private final Clock clock;
  private final Duration kept;

  public Ledger(Rows rows, Clock clock) {
    this(rows, clock, KEPT);
  }

  /**
   * @param kept how long a row is kept after its last change
   */
  public Ledger(Rows rows, Clock clock, Duration kept) {
    this.rows = rows;
    this.writes = new IdempotentWrites(rows);
    this.clock = clock;
    this.kept = kept;
  }

  /**
   * Claims an effect that brings the outside system into a given state. If the effect was done with
   * the same fingerprint, there is nothing to do. If it was done with another fingerprint, it is
   * claimed again.
   *
   * @param lease how long other workers wait before they take over the claim; it must be longer
   *     than this worker can run
   */
  public Claim claim(RowKey name, String fingerprint, Duration lease) {
    return claim(name, fingerprint, lease, true);
  }

  /** Claims an effect that happens only once under its name, whatever the fingerprint. */
  public Claim claimOnce(RowKey name, String fingerprint, Duration lease) {
    return claim(name, fingerprint, lease, false);
  }

  /** The entry of an effect; empty if it was never claimed. */
  public Optional<Entry> find(RowKey name) {
    return rows.read(name).map(Entry::of);
  }

  /** Settles the effect as done. Fails if another worker has taken over the claim. */
  public void done(Fence fence, String external) {
    Entry entry = fence.entry();
    settle(fence, Entry.State.DONE, entry.fingerprint(), external, entry.generation());
  }

  /**
   * Settles the effect as done, and keeps the row for {@code life} only.
   *
   * @param life how long the row is kept from now on
   */
  public void done(Fence fence, String external, Duration life) {
    settle(fence, settled(fence, Entry.State.DONE, external), life);
  }

  /**
   * Settles the effect as done, and records the {@linkplain Entry generation} that is part of its
   * name.
   */
  public void done(Fence fence, String external, int generation) {
    settle(fence, Entry.State.DONE, fence.entry().fingerprint(), external, generation);
  }

  /**
   * Gives the claim back. The entry becomes what it was before the claim, and the next worker need
   * not wait for the end of the lease.
   */
  public void release(Fence fence, Entry before) {
    settle(fence, before, kept);
  }

  /**
   * Gives the claim back after a look at the outside system has ended the doubt. The next worker
   * gets the claim, whatever its fingerprint.
   *
   * @param fingerprint what the outside system has
   */
  public void open(Fence fence, String fingerprint, String external, int generation) {
    settle(fence, Entry.State.OPEN, fingerprint, external, generation);
  }

  /**
   * Settles the effect as in doubt: nobody knows whether it happened, and trying again might do it
   * twice.
   */
  public void doubt(Fence fence) {
    doubt(fence, fence.entry().external(), kept);
  }

  /**
   * As {@link #doubt(Fence)}, but keeps the row for {@code life} only.
   *
   * @param external an id or a word to store in the entry
   * @param life how long the row is kept from now on
   */
  public void doubt(Fence fence, String external, Duration life) {
    settle(fence, settled(fence, Entry.State.DOUBT, external), life);
  }

  /**
   * Corrects a row that disagrees with the outside system. Afterwards the next worker gets the
   * claim, whatever its fingerprint.
   *
   * @param seen the row as it was read before the outside system was checked
   * @return false, with nothing written, if the row has been written since then
   */
  public boolean correct(Row seen, String external, int generation) {
    Instant now = clock.instant();
    Entry found = new Entry(Entry.State.OPEN, "", external, generation, now);
    return rows.write(seen.next(now.plus(kept), found.fields()));
  }

  private Claim claim(RowKey name, String fingerprint, Duration lease, boolean reclaimsOnChange) {
    for (int attempt = 0; attempt < Rows.TRIES; attempt++) {
      Instant now = clock.instant();
      Row row = rows.read(name).orElseGet(() -> Row.fresh(name, now.plus(kept), Map.of()));
      Entry entry = Entry.of(row);
      if (entry.isDone() && (!reclaimsOnChange || entry.fingerprint().equals(fingerprint))) {
        return new Claim.AlreadyDone(entry);
      }
      boolean isClaimed = entry.state() == Entry.State.CLAIMED;
      if (isClaimed && entry.leaseUntil().isAfter(now)) {
        return new Claim.Busy(entry, entry.leaseUntil());
      }
      Entry claimed = entry.claimedFor(fingerprint, now.plus(lease));
      Row next = row.next(now.plus(kept), claimed.fields());
      if (writes.write(next)) {
        Fence fence = new Fence(next.written());
        boolean doubtful = isClaimed || entry.state() == Entry.State.DOUBT;
        return doubtful ? new Claim.InDoubt(fence, entry) : new Claim.Granted(fence, entry);
      }
    }
    return new Claim.Busy(Entry.NONE, clock.instant());
  }

  private void settle(
      Fence fence, Entry.State state, String fingerprint, String external, int generation) {
    settle(fence, new Entry(state, fingerprint, external, generation, clock.instant()), kept);
  }

  private Entry settled(Fence fence, Entry.State state, String external) {
    Entry before = fence.entry();
    return new Entry(state, before.fingerprint(), external, before.generation(), clock.instant());
  }

  private void settle(Fence fence, Entry entry, Duration life) {
    if (!writes.write(fence.row().next(clock.instant().plus(life), entry.fields()))) {
      throw new FenceLostException(fence.row().key());
    }
  }
}
