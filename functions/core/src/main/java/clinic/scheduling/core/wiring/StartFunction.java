package clinic.scheduling.core.wiring;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Starts the function, and everything that it needs, before the first event ({@link SetUp}). If the
 * start fails, the cause is reported by {@link FailedStart}, and the process ends.
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

  void create(@Observes @Priority(1) StartupEvent start, SetUp setUp) {
    setUp.isDone();
  }
}
