package clinic.scheduling.canvas;

import clinic.scheduling.core.UnavailableException;
import java.time.Duration;

/** A search finds more than can be read at once; a narrower one may be read. */
public final class SearchTooLargeException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  SearchTooLargeException(Duration retryAfter) {
    super("canvas: a search that does not end", retryAfter);
  }
}
