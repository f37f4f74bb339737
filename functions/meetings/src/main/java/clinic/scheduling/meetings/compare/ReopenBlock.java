package clinic.scheduling.meetings.compare;

import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.meetings.rows.MeetingStore;
import java.time.Clock;
import java.util.Optional;

/**
 * Corrects the row of a block that Canvas does not show as the row says, so that the next plan
 * looks at the block again. A row with an unknown outcome stays: because of it, the next round
 * looks for the block by its name, and does not create a second one.
 */
final class ReopenBlock {
  private final Ledger ledger;
  private final Clock clock;

  ReopenBlock(Rows rows, Clock clock) {
    this.ledger = new Ledger(rows, clock, MeetingStore.KEPT);
    this.clock = clock;
  }

  /**
   * @param row the row as it was read before the block was
   * @param shown the block as Canvas shows it; empty if it takes no time there
   * @return false if a worker is changing the block at this moment
   */
  boolean reopen(Row row, Optional<ShownBlock> shown) {
    Entry entry = Entry.of(row);
    return switch (entry.state()) {
      case CLAIMED ->
          !entry.leaseUntil().isAfter(clock.instant()); // the next round searches for it
      case DOUBT -> true; // so it does here
      case OPEN, DONE ->
          (shown.isEmpty() && !entry.isDone()) // so the next round looks at the block anyway
              || ledger.correct(
                  row,
                  shown.map(ShownBlock::appointment).orElse(entry.external()),
                  shown.map(it -> it.name().generation()).orElse(entry.generation()));
    };
  }
}
