package clinic.scheduling.core.ledger;

/** Another worker has taken over the claim. Stop, and let the message be delivered again. */
public final class FenceLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FenceLostException(RowKey name) {
    super("the claim of " + name.partition() + "/" + name.sort() + " was taken over");
  }
}
