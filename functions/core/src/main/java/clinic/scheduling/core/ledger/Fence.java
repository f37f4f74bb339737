package clinic.scheduling.core.ledger;

/**
 * The right to settle one claim (a fencing token). It ends as soon as another worker takes over the
 * claim.
 */
public record Fence(Row row) {

  public Entry entry() {
    return Entry.of(row);
  }
}
