package clinic.scheduling.core.wiring;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.setup.NotSetUpException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Decides whether the function can work. It creates the function and everything that it needs: at
 * the start if there is a practice document, otherwise with the first event after the clinic has
 * put one (docs/decisions/0061). Any other failure to create the function is a failed start.
 *
 * <p>What Lambda calls is the class {@code Handler} of a function, which asks here first.
 */
@Singleton
public final class SetUp {
  private static final Log LOG = Log.of(SetUp.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

  private final Iterable<LambdaFunction> functions;
  private final Clock clock;
  private volatile boolean isCreated;
  private Instant nextLook = Instant.MIN;

  @Inject
  SetUp(Instance<LambdaFunction> functions, Clock clock) {
    this((Iterable<LambdaFunction>) functions, clock);
  }

  SetUp(Iterable<LambdaFunction> functions, Clock clock) {
    this.functions = functions;
    this.clock = clock;
  }

  /**
   * Whether the clinic has put its practice document. If not, this says so in the log, and looks
   * again when it is asked after ten seconds or later.
   */
  public boolean isDone() {
    if (!isCreated) {
      look();
    }
    if (!isCreated) {
      LOG.info("not-set-up");
    }
    return isCreated;
  }

  /**
   * @throws NotSetUpException if the clinic has not put its practice document
   */
  public void require() {
    if (!isDone()) {
      throw new NotSetUpException();
    }
  }

  private synchronized void look() {
    if (!isCreated && !clock.instant().isBefore(nextLook)) {
      nextLook = clock.instant().plus(BETWEEN_LOOKS);
      isCreated = create();
    }
  }

  private boolean create() {
    try {
      functions.forEach(Objects::requireNonNull);
      return true;
    } catch (RuntimeException e) {
      if (NotSetUpException.isCauseOf(e)) {
        return false;
      }
      endOnLambda(FailedStart.of(e, System.getenv()));
      throw e;
    }
  }

  /**
   * On Lambda the process ends at once. Otherwise Quarkus would interrupt its own thread that waits
   * for events, and that thread would report the interruption, not the cause.
   */
  private static void endOnLambda(FailedStart failed) {
    if (failed.isOnLambda()) {
      failed.report();
      Runtime.getRuntime().halt(1);
    }
  }
}
