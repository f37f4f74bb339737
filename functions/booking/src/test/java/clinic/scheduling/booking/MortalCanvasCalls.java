package clinic.scheduling.booking;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * The calls to Canvas of a process that can be killed. The code under test sees an error thrown
 * here as a missing answer and continues, but a dead process has no further effect.
 */
@Provider
public class MortalCanvasCalls implements ClientRequestFilter, ClientResponseFilter {
  private static final Set<String> WRITES = Set.of("POST", "PUT");

  @Override
  public void filter(ClientRequestContext request) {
    CDI.current()
        .select(CanvasPace.class)
        .get()
        .arriving(request.getMethod(), request.getUri().getPath());
    if (isWrite(request)) {
      life().before();
    } else {
      life().breathe();
    }
    if (!isForToken(request)) {
      CDI.current().select(StraightToCanvas.class).get().pass(request);
    }
  }

  @Override
  public void filter(ClientRequestContext request, ClientResponseContext response) {
    if (isWrite(request)) {
      life().after();
    }
  }

  /** Quarkus creates this object itself, without injection. */
  private static Mortality life() {
    return CDI.current().select(Mortality.class).get();
  }

  private static boolean isWrite(ClientRequestContext request) {
    return WRITES.contains(request.getMethod()) && !isForToken(request);
  }

  private static boolean isForToken(ClientRequestContext request) {
    return request.getUri().getPath().contains("token");
  }
}
