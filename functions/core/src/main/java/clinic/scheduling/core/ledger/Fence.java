package clinic.scheduling.core.ledger;

/**
 * The right to settle one claim: a fencing token, which the worker loses as soon as another one
 * takes over the claim.
 */
public record Fence(Row row) {

  public Entry entry() {
    return Entry.of(row);
  }
}
