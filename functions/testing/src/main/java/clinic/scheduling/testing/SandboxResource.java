package clinic.scheduling.testing;

import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.canvas.server.CanvasSandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts the stand-ins for the tests of a function, and sets the environment keys with their
 * addresses.
 */
public abstract class SandboxResource implements QuarkusTestResourceLifecycleManager {
  private @Nullable Sandbox sandbox;

  /** Starts the stand-ins; a subclass may start them in another state. */
  protected Sandbox open() throws IOException {
    return Sandbox.start(0, Clock.systemUTC());
  }

  /** Further environment keys of the function. They replace shared keys of the same name. */
  protected abstract Map<String, String> keys(Sandbox started) throws IOException;

  @Override
  public final Map<String, String> start() {
    try {
      Sandbox started = open();
      sandbox = started;
      Map<String, String> keys = new HashMap<>();
      keys.put("CANVAS_FHIR_URL", started.url() + "/canvas");
      keys.put("CANVAS_AUTH_URL", started.url() + "/canvas-auth/token/");
      keys.put("CANVAS_CLIENT_ID", CanvasSandbox.CLIENT_ID);
      keys.put("CANVAS_CLIENT_SECRET", CanvasSandbox.CLIENT_SECRET);
      keys.put("MANAGE_TOKEN_SECRETS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
      keys.put("PRACTICE", "../../infra/practice.example.json");
      keys.putAll(keys(started));
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(sandbox, new TestInjector.MatchesType(Sandbox.class));
  }

  @Override
  public final void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }
}
