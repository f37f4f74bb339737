package clinic.scheduling.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.token.SignedTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * No more calls pass than the limit allows, even if many arrive at once. There is a subclass for
 * each store.
 */
public abstract class RateLimitContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int CALLERS = 40;

  protected final MovableClock clock = MovableClock.at("2026-11-23T17:00:00Z");
  private final String caller = UUID.randomUUID().toString();

  protected abstract Rows rows();

  @Test
  void ofAThousandCallsAtOnceAsManyPassAsTheLimitSays() throws Exception {
    RateLimit limit = limit();

    assertThat(passed(1_000, () -> limit.spend("address", caller, MINUTE, 120))).isEqualTo(120);
  }

  @Test
  void aNewWindowBeginsAnewForEverybodyAtOnce() throws Exception {
    RateLimit limit = limit();
    passed(50, () -> limit.spend("address", caller, MINUTE, 30));
    clock.move(MINUTE);

    assertThat(passed(200, () -> limit.spend("address", caller, MINUTE, 30))).isEqualTo(30);
  }

  @Test
  void whoIsRefusedIsToldWhenTheWindowEnds() {
    RateLimit limit = limit();
    limit.spend("address", caller, MINUTE, 1);
    clock.move(Duration.ofSeconds(40));

    assertThatThrownBy(() -> limit.spend("address", caller, MINUTE, 1))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
              assertThat(e.problem().retryAfter()).contains(Duration.ofSeconds(21));
            });
  }

  @Test
  void eachCallerAndEachKindHasACountOfItsOwn() {
    RateLimit limit = limit();
    limit.spend("address", caller, MINUTE, 1);

    assertThatCode(() -> limit.spend("managing", caller, MINUTE, 1)).doesNotThrowAnyException();
    assertThatCode(() -> limit.spend("address", caller + "x", MINUTE, 1))
        .doesNotThrowAnyException();
  }

  private RateLimit limit() {
    String secret = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    return new RateLimit(rows(), clock, SignedTokens.of(secret, clock));
  }

  private static int passed(int calls, Runnable call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try {
      AtomicInteger passed = new AtomicInteger();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        all.add(threads.submit(() -> passed.addAndGet(passes(call) ? 1 : 0)));
      }
      for (Future<?> one : all) {
        one.get();
      }
      return passed.get();
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean passes(Runnable call) {
    try {
      call.run();
      return true;
    } catch (ProblemException e) {
      return false;
    }
  }
}
