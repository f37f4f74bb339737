package clinic.scheduling.core.ledger;

import clinic.scheduling.core.UnavailableException;
import java.time.Duration;

/**
 * So many count at once that the table refuses some: nobody knows whether this one is one too many.
 */
public final class CountRefusedException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  public CountRefusedException() {
    super("table", Duration.ofSeconds(1));
  }
}
