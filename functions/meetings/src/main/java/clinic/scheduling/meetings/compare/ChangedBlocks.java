package clinic.scheduling.meetings.compare;

import clinic.scheduling.canvas.BlockName;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.meetings.plan.KnownBlock;
import clinic.scheduling.meetings.plan.StoredMeeting;
import clinic.scheduling.meetings.rows.CreationLimits;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.meetings.rows.PendingWork;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Notices that staff have changed one of our blocks in Canvas, and makes the next round put it
 * right, since the calendar is the truth for meetings. Canvas is only read here.
 *
 * <p>Our own writes are no change. While a worker of ours is writing, or the outcome of its write
 * is unknown, nothing is done: that worker, or the next round, looks at the block anyway.
 */
@Singleton
public final class ChangedBlocks {
  private static final Log LOG = Log.of(ChangedBlocks.class);

  /**
   * How long after a write of ours Canvas may still show the block as it was before
   * (docs/facts/canvas.md 3.9).
   */
  private static final Duration MAY_LAG = Duration.ofSeconds(10);

  private final Rows rows;
  private final ReopenBlock reopen;
  private final PendingWork pending;
  private final CreationLimits limits;
  private final Practice practice;
  private final String system;
  private final byte[] digestKey;
  private final Clock clock;

  public ChangedBlocks(
      Rows rows,
      PendingWork pending,
      CreationLimits limits,
      Practice practice,
      IdentifierSystem system,
      SignedTokens tokens,
      Clock clock) {
    this.rows = rows;
    this.reopen = new ReopenBlock(rows, clock);
    this.pending = pending;
    this.limits = limits;
    this.practice = practice;
    this.system = system.uri();
    this.digestKey = StoredMeeting.digestKey(tokens);
    this.clock = clock;
  }

  /**
   * Reopens the row of a block that is not in Canvas as the row has it. A block that is as we left
   * it costs one read of a row. A repeat finds the row open, and does nothing.
   *
   * <p>If the practice lets staff free the blocks of any calendar of the clinician, nothing is
   * read: only a comparison with all meetings tells whose block this is.
   *
   * @param block one of our blocks, as Canvas shows it now
   * @return a calendar of the clinician; a round of it puts the block right. Empty if there is
   *     nothing to do
   * @throws UnavailableException if a worker has written the block so recently that Canvas may not
   *     show it yet
   */
  public Optional<CalendarBinding> reopen(VisitThread block) {
    String practitioner = block.root().practitioner().orElse("");
    List<CalendarBinding> calendars = practice.calendarsThatBlock(practitioner);
    if (calendars.stream().anyMatch(it -> it.meetings().staffMayFree())) {
      return Optional.empty();
    }
    return calendars.stream()
        .findFirst()
        .filter(
            calendar -> name(block).filter(name -> reopen(practitioner, name, block)).isPresent());
  }

  /** A move by staff may not copy the name, but the first appointment has it. */
  private Optional<BlockName> name(VisitThread block) {
    return Stream.of(block.root(), block.current())
        .flatMap(one -> ShownBlock.name(one, system).stream())
        .findFirst();
  }

  private boolean reopen(String practitioner, BlockName name, VisitThread block) {
    Optional<ShownBlock> shown = ShownBlock.of(block.current(), name);
    return rows.read(MeetingStore.blockKey(practitioner, name.block()))
        .filter(row -> Entry.of(row).isDone())
        .filter(row -> isChanged(Entry.of(row), name, block, shown))
        .filter(row -> reopen(practitioner, name, row, shown))
        .isPresent();
  }

  private boolean isChanged(
      Entry entry, BlockName name, VisitThread block, Optional<ShownBlock> shown) {
    if (entry.external().isEmpty()) { // the row has the generation of the next block
      return shown.isPresent() && name.next().generation() == entry.generation();
    }
    boolean hasMoved = !block.rootId().equals(block.currentId());
    boolean isTracked =
        name.generation() == entry.generation()
            && (hasMoved || block.rootId().equals(entry.external())); // not a copy of the block
    boolean isWithSameClinician =
        block.current().practitioner().equals(block.root().practitioner());
    KnownBlock known = new KnownBlock(name.block(), entry);
    return isTracked
        && !(isWithSameClinician && shown.filter(it -> it.isAs(known, digestKey)).isPresent());
  }

  private boolean reopen(String practitioner, BlockName name, Row row, Optional<ShownBlock> shown) {
    Instant now = clock.instant();
    Instant isShown = Entry.of(row).settledAt().plus(MAY_LAG);
    if (now.isBefore(isShown)) {
      throw new UnavailableException(
          "canvas: a block that was written just now", Duration.between(now, isShown));
    }
    if (!limits.mayReopen(practitioner, name.block())) {
      LOG.error("block-changed-too-often", "block", name.block());
      return false;
    }
    pending.begin(practitioner); // if this process dies now, the next poll does the rest
    boolean isReopened = reopen.reopen(row, shown);
    pending.begin(practitioner); // a round that has begun before may not have seen the new row
    return isReopened;
  }
}
