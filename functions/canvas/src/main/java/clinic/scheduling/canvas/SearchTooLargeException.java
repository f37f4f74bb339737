package clinic.scheduling.canvas;

import clinic.scheduling.core.UnavailableException;
import java.time.Duration;

/** A search has more results than we read at once. A narrower search may succeed. */
public final class SearchTooLargeException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  SearchTooLargeException(Duration retryAfter) {
    super("canvas: a search that does not end", retryAfter);
  }
}
