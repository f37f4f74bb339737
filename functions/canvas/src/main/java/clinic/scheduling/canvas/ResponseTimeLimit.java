package clinic.scheduling.canvas;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;

/**
 * Waits for an answer until its last byte. The client's own read time-out ends with the head of the
 * answer (Vert.x stops its timer there), so a body that comes byte by byte, or not at all, would
 * keep a caller for ever.
 */
final class ResponseTimeLimit {
  private ResponseTimeLimit() {}

  /**
   * @param longest from connecting to the last byte; then the connection is closed
   * @throws ProcessingException if there is no answer, or no whole one in time
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
