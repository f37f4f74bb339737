package clinic.scheduling.core.ledger;

/** The right to settle one claim, lost as soon as another worker has taken the claim over. */
public record Fence(Row row) {

  public Entry entry() {
    return Entry.of(row);
  }
}
