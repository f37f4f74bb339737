package clinic.scheduling.core.limit;

import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.ledger.Rows;

class MemoryRateLimitTest extends RateLimitContract {
  private final Rows rows = new MemoryRows(clock);

  @Override
  protected Rows rows() {
    return rows;
  }
}
