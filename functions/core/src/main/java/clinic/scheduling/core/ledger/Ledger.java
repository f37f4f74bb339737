package clinic.scheduling.core.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Who may bring about an effect, and what became of it. An effect is claimed before it is tried and
 * settled afterwards; each step is a conditional write, so that of any number of workers one at a
 * time is at work, and one whose lease was taken over can no longer settle anything. A claim that
 * took hold though its answer was lost is still the claim of its worker.
 *
 * <p>Rows live 30 days after their last change, unless told otherwise, and hold ids and digests
 * only.
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
   * @param kept how long a row lives after its last change, for effects that must be found again
   *     later than usual
   */
  public Ledger(Rows rows, Clock clock, Duration kept) {
    this.rows = rows;
    this.writes = new IdempotentWrites(rows);
    this.clock = clock;
    this.kept = kept;
  }

  /**
   * Claims an effect that follows a state: done with this fingerprint there is nothing to do, done
   * with another one it is claimed anew.
   *
   * @param lease how long others wait before they take over; longer than this worker can live
   */
  public Claim claim(RowKey name, String fingerprint, Duration lease) {
    return claim(name, fingerprint, lease, true);
  }

  /** Claims an effect that happens once in the life of its name, whatever the fingerprint. */
  public Claim claimOnce(RowKey name, String fingerprint, Duration lease) {
    return claim(name, fingerprint, lease, false);
  }

  /** What is known of an effect; empty if it was never claimed. */
  public Optional<Entry> find(RowKey name) {
    return rows.read(name).map(Entry::of);
  }

  /** The effect stands. Fails if the claim was taken over meanwhile. */
  public void done(Fence fence, String external) {
    Entry entry = fence.entry();
    settle(fence, Entry.State.DONE, entry.fingerprint(), external, entry.generation());
  }

  /**
   * The effect stands, and need not be remembered for as long as usual.
   *
   * @param life from now on
   */
  public void done(Fence fence, String external, Duration life) {
    settle(fence, settled(fence, Entry.State.DONE, external), life);
  }

  /** The effect stands under a name of the given generation. */
  public void done(Fence fence, String external, int generation) {
    settle(fence, Entry.State.DONE, fence.entry().fingerprint(), external, generation);
  }

  /** Nothing happened: what stood before stands again, and the next worker need not wait. */
  public void release(Fence fence, Entry before) {
    settle(fence, before, kept);
  }

  /** Nobody can say whether it happened, and asking again would risk a second time. */
  public void doubt(Fence fence) {
    doubt(fence, fence.entry().external(), kept);
  }

  /**
   * As {@link #doubt(Fence)}, remembered for as long only.
   *
   * @param external what is known of it all the same
   * @param life from now on
   */
  public void doubt(Fence fence, String external, Duration life) {
    settle(fence, settled(fence, Entry.State.DOUBT, external), life);
  }

  /**
   * What stands outside was found to be something else than the row says: from now on it says so,
   * and the next worker is let in whatever its fingerprint.
   *
   * @param seen the row as it was read, before it was looked what stands outside
   * @return false, with nothing written, if the row has been written since
   */
  public boolean correct(Row seen, String external, int generation) {
    Instant now = clock.instant();
    Entry found = new Entry(Entry.State.OPEN, "", external, generation, now);
    return rows.write(seen.next(now.plus(kept), found.fields()));
  }

  private Claim claim(RowKey name, String fingerprint, Duration lease, boolean followsState) {
    for (int attempt = 0; attempt < Rows.TRIES; attempt++) {
      Instant now = clock.instant();
      Row row = rows.read(name).orElseGet(() -> Row.fresh(name, now.plus(kept), Map.of()));
      Entry entry = Entry.of(row);
      if (entry.isDone() && (!followsState || entry.fingerprint().equals(fingerprint))) {
        return new Claim.AlreadyDone(entry);
      }
      boolean abandoned = entry.state() == Entry.State.CLAIMED;
      if (abandoned && entry.leaseUntil().isAfter(now)) {
        return new Claim.Busy(entry, entry.leaseUntil());
      }
      Entry claimed = entry.claimedFor(fingerprint, now.plus(lease));
      Row next = row.next(now.plus(kept), claimed.fields());
      if (writes.write(next)) {
        Fence fence = new Fence(next.written());
        boolean doubtful = abandoned || entry.state() == Entry.State.DOUBT;
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
