package clinic.scheduling.core.ledger;

class MemoryLedgerTest extends LedgerContract {
  private final Rows rows = new MemoryRows(clock);

  @Override
  protected Rows rows() {
    return rows;
  }
}
