package clinic.scheduling.canvas;

import clinic.scheduling.core.UnavailableException;
import java.time.Duration;

/**
 * A search has more pages than we read at once (docs/facts/canvas.md 1.6). A narrower search may
 * succeed.
 */
public final class SearchTooLargeException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  SearchTooLargeException(Duration retryAfter) {
    super("canvas: a search that does not end", retryAfter);
  }
}
