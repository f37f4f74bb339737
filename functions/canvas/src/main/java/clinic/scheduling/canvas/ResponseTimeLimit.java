package clinic.scheduling.canvas;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;

/**
 * Limits the time until the last byte of a response. The client's own read time-out ends with the
 * headers, because Vert.x stops its timer there. A body that arrives byte by byte, or never, would
 * block the caller for ever.
 */
final class ResponseTimeLimit {
  private ResponseTimeLimit() {}

  /**
   * @param longest the most time from connecting to the last byte; after that, the connection is
   *     closed
   * @throws ProcessingException if there is no complete response in time
   */
  static <T> T of(Uni<T> call, Duration longest) {
    try {
      return call.await().atMost(longest);
    } catch (WebApplicationException | ProcessingException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ProcessingException(e.getClass().getSimpleName(), e);
    }
  }
}
