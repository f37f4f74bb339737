package clinic.scheduling.core.hold;

import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.ledger.Rows;

class MemoryHoldsTest extends HoldsContract {
  private final Rows rows = new MemoryRows(clock);

  @Override
  protected Rows rows() {
    return rows;
  }
}
