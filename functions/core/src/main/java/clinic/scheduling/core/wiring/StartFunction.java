package clinic.scheduling.core.wiring;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Starts the function, and everything that it needs, before the first event. If the start fails,
 * the cause is reported by {@link FailedStart}, and the process ends.
 */
@QuarkusMain
@Singleton
public final class StartFunction {

  /** The native executable begins here. */
  public static void main(String... arguments) {
    Quarkus.run(null, StartFunction::end, arguments);
  }

  private static void end(int exitCode, @Nullable Throwable failure) {
    if (failure != null) {
      FailedStart.of(failure, System.getenv()).report();
    }
    System.exit(exitCode);
  }

  /**
   * Creates the function. If that fails on Lambda, the process ends at once. Otherwise Quarkus
   * would interrupt its own thread that waits for events, and that thread would report the
   * interruption, not the cause.
   */
  void create(@Observes @Priority(1) StartupEvent start, Instance<LambdaFunction> functions) {
    try {
      functions.forEach(Objects::requireNonNull);
    } catch (RuntimeException e) {
      FailedStart failed = FailedStart.of(e, System.getenv());
      if (failed.isOnLambda()) {
        failed.report();
        Runtime.getRuntime().halt(1);
      }
      throw e;
    }
  }
}
