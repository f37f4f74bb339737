package clinic.scheduling.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Callers that ask for the same key share one answer until it expires. */
class TimedCacheTest {
  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

  private final MovableClock clock = MovableClock.at("2027-03-14T09:59:58Z");
  private final TimedCache<String, String> kept = new TimedCache<>(FIVE_SECONDS, 3, clock);
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();

  @Test
  void concurrentIdenticalQuestionsShareOneAsk() throws Exception {
    int callers = 16;
    CompletableFuture<String> upstream = new CompletableFuture<>();
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch twice = new CountDownLatch(2);
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      List<Future<CompletableFuture<String>>> calls = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        calls.add(
            threads.submit(
                () -> {
                  go.await();
                  return kept.get("ann", () -> slowlyAsked("ann", twice, upstream));
                }));
      }
      go.countDown();
      Set<CompletableFuture<String>> answers = ConcurrentHashMap.newKeySet();
      for (Future<CompletableFuture<String>> call : calls) {
        answers.add(call.get(10, TimeUnit.SECONDS));
      }
      upstream.complete("free");

      assertThat(asked).containsExactly(Map.entry("ann", 1));
      assertThat(answers).allMatch(answer -> answer.join().equals("free"));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void differentQuestionsAreAskedEach() {
    assertThat(get("ann").join()).isEqualTo("ann 1");
    assertThat(get("bob").join()).isEqualTo("bob 1");
  }

  @Test
  void anAnswerIsUsedUntilItsTimeIsOverAndNotAtItsEnd() {
    get("ann");

    clock.move(FIVE_SECONDS.minusNanos(1));
    assertThat(get("ann").join()).isEqualTo("ann 1");

    clock.move(Duration.ofNanos(1));
    assertThat(get("ann").join()).isEqualTo("ann 2");
  }

  @Test
  void usingAnAnswerDoesNotMakeItYounger() {
    get("ann");
    clock.move(Duration.ofSeconds(3));
    get("ann");
    clock.move(Duration.ofSeconds(2));

    assertThat(get("ann").join()).isEqualTo("ann 2");
  }

  @Test
  void theTimeRunsFromTheQuestionAndNotFromTheAnswer() {
    CompletableFuture<String> slow = new CompletableFuture<>();
    get("ann", slow);
    clock.move(Duration.ofSeconds(4));
    slow.complete("late");

    assertThat(get("ann").join()).isEqualTo("late");
    clock.move(Duration.ofSeconds(1));
    assertThat(get("ann").join()).isEqualTo("ann 2");
  }

  @Test
  void aClockThatIsSetBackKeepsNoAnswerLonger() {
    get("ann");
    clock.move(Duration.ofNanos(-1));

    assertThat(get("ann").join()).isEqualTo("ann 2");
  }

  @Test
  void anAnswerUnderWayIsSharedNoLongerThanItWouldBeKept() {
    CompletableFuture<String> slow = new CompletableFuture<>();
    CompletableFuture<String> first = get("ann", slow);
    clock.move(Duration.ofSeconds(5).minusNanos(1));
    CompletableFuture<String> second = get("ann");
    clock.move(Duration.ofNanos(1));

    CompletableFuture<String> third = get("ann");
    slow.complete("late");

    assertThat(Stream.of(first, second).map(CompletableFuture::join))
        .containsExactly("late", "late");
    assertThat(third.join()).isEqualTo("ann 2");
  }

  @Test
  void aFailureIsSharedByThoseWhoWaitAndThenForgotten() {
    CompletableFuture<String> upstream = new CompletableFuture<>();
    CompletableFuture<String> first = get("ann", upstream);
    CompletableFuture<String> second = get("ann");
    upstream.completeExceptionally(new IllegalStateException("upstream"));

    for (CompletableFuture<String> waiting : List.of(first, second)) {
      assertThatThrownBy(waiting::join).hasRootCauseMessage("upstream");
    }
    assertThat(asked).containsEntry("ann", 1);
    assertThat(get("ann").join()).isEqualTo("ann 2");
  }

  @Test
  void anAnswerThatWasCancelledIsForgotten() {
    get("ann", new CompletableFuture<>()).cancel(true);

    assertThat(get("ann").join()).isEqualTo("ann 2");
  }

  @Test
  void aQuestionThatCannotBeAskedIsNotKept() {
    assertThatThrownBy(
            () ->
                kept.get(
                    "ann",
                    () -> {
                      throw new IllegalStateException("no thread");
                    }))
        .hasMessage("no thread");

    assertThat(get("ann").join()).isEqualTo("ann 1");
  }

  @Test
  void beyondTheLimitWhatIsTooOldGoesFirst() {
    get("ann");
    get("bob");
    clock.move(FIVE_SECONDS);
    get("cy");
    get("dee");

    assertThat(get("cy").join()).isEqualTo("cy 1");
    assertThat(get("dee").join()).isEqualTo("dee 1");
    assertThat(get("ann").join()).isEqualTo("ann 2");
  }

  @Test
  void beyondTheLimitEvenYoungAnswersAreForgotten() {
    Stream.of("ann", "bob", "cy", "dee").forEach(this::get);

    assertThat(get("dee").join()).isEqualTo("dee 1");
    assertThat(get("ann").join()).isEqualTo("ann 2");
    assertThat(get("bob").join()).isEqualTo("bob 2");
  }

  @Test
  void noMoreThanTheLimitIsEverUsedAgain() {
    for (int who = 0; who < 1_000; who++) {
      get("clinician-" + who);
    }
    asked.clear();
    for (int who = 999; who >= 0; who--) {
      get("clinician-" + who);
    }

    assertThat(asked).hasSizeGreaterThanOrEqualTo(997);
  }

  @Test
  void aHitIsNoReasonToForgetEvenWhenThereAreAsManyAsTheLimit() {
    TimedCache<String, String> three = new TimedCache<>(Duration.ofSeconds(5), 3, clock);
    AtomicInteger asked = new AtomicInteger();
    for (int round = 0; round < 3; round++) {
      for (String key : List.of("ann", "bob", "cy")) {
        three.get(key, () -> CompletableFuture.completedFuture("" + asked.incrementAndGet()));
      }
    }

    assertThat(asked).hasValue(3);
  }

  @Test
  void anAnswerUnderWayIsNotForgottenAtTheLimit() {
    TimedCache<String, String> three = new TimedCache<>(Duration.ofSeconds(5), 3, clock);
    CompletableFuture<String> slow = new CompletableFuture<>();
    three.get("ann", () -> slow);
    for (String key : List.of("bob", "cy", "dee")) {
      three.get(key, () -> CompletableFuture.completedFuture(key));
    }

    assertThat(three.get("ann", CompletableFuture::new)).isSameAs(slow);
  }

  private CompletableFuture<String> get(String key) {
    return kept.get(key, () -> CompletableFuture.completedFuture(key + " " + count(key)));
  }

  private CompletableFuture<String> get(String key, CompletableFuture<String> upstream) {
    return kept.get(
        key,
        () -> {
          count(key);
          return upstream;
        });
  }

  /**
   * Makes a request that takes 200 ms. The test fails if a second caller makes the request in this
   * time.
   */
  private CompletableFuture<String> slowlyAsked(
      String key, CountDownLatch twice, CompletableFuture<String> upstream) {
    count(key);
    twice.countDown();
    try {
      assertThat(twice.await(200, TimeUnit.MILLISECONDS)).as("asked twice").isFalse();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return upstream;
  }

  private int count(String key) {
    return asked.merge(key, 1, Integer::sum);
  }
}
