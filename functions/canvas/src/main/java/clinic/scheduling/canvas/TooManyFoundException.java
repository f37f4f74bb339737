package clinic.scheduling.canvas;

import clinic.scheduling.core.UnavailableException;
import java.time.Duration;

/** A search finds more than can be read at once; a narrower one may be read. */
public final class TooManyFoundException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  TooManyFoundException(Duration retryAfter) {
    super("canvas: a search that does not end", retryAfter);
  }
}
