package clinic.scheduling.core.ledger;

import clinic.scheduling.core.UnavailableException;
import java.time.Duration;

/**
 * The table throttled this count, because too many callers count at the same time. So we cannot
 * tell whether the call exceeds the limit.
 */
public final class CountRefusedException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  public CountRefusedException() {
    super("table", Duration.ofSeconds(1));
  }
}
