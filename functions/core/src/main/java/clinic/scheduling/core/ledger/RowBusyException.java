package clinic.scheduling.core.ledger;

import clinic.scheduling.core.UnavailableException;
import java.time.Duration;

/**
 * Other writers changed the rows between each of our reads and writes, {@link Rows#TRIES} times.
 * Nothing was written.
 */
public final class RowBusyException extends UnavailableException {
  private static final long serialVersionUID = 1L;
  private static final Duration RETRY = Duration.ofSeconds(2);

  RowBusyException() {
    super("table", RETRY);
  }
}
