package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * The request to Canvas does not wait for the version, and an answer is used only under its own
 * version.
 */
class VersionedCacheTest {
  private final MovableClock clock = MovableClock.at("2027-03-14T09:59:58Z");
  private final VersionedCache<String, String> cache = new VersionedCache<>(clock);
  private final List<CompletableFuture<String>> asked = new ArrayList<>();

  @Test
  void canvasIsAskedBeforeTheVersionIsThere() {
    CompletableFuture<String> version = new CompletableFuture<>();
    CompletableFuture<String> answer = get(version);
    assertThat(asked).hasSize(1);
    version.complete("v-1");
    assertThat(answer).isNotDone();

    answers(0, "free");

    assertThat(answer).isCompletedWithValue("free");
  }

  @Test
  void aVersionThatIsAFewMillisecondsLaterWillDo() {
    CompletableFuture<String> version = new CompletableFuture<>();
    CompletableFuture<String> answer = get(version);
    answers(0, "free");
    clock.move(Duration.ofMillis(200));
    version.complete("v-1");

    assertThat(answer).isCompletedWithValue("free");
    assertThat(get("v-1")).isCompletedWithValue("free");
  }

  @Test
  void aVersionThatIsMuchLaterProvesNothingAndCanvasIsAskedAgain() {
    CompletableFuture<String> version = new CompletableFuture<>();
    CompletableFuture<String> answer = get(version);
    answers(0, "free");
    clock.move(Duration.ofMillis(201));
    version.complete("v-1");
    assertThat(answer).isNotDone();

    answers(1, "taken");

    assertThat(answer).isCompletedWithValue("taken");
    assertThat(get("v-1")).isCompletedWithValue("taken");
  }

  @Test
  void whatIsKeptIsUsedUnderTheSameVersionForFiveSeconds() {
    get("v-1");
    answers(0, "free");

    assertThat(get("v-1")).isCompletedWithValue("free");
    clock.move(Duration.ofSeconds(5));
    get("v-1");

    assertThat(asked).hasSize(2);
  }

  @Test
  void anotherVersionIsReadAnewAndKeptInItsPlace() {
    get("v-1");
    answers(0, "free");

    CompletableFuture<String> second = get("v-2");
    assertThat(second).isNotDone();
    answers(1, "taken");

    assertThat(second).isCompletedWithValue("taken");
    assertThat(get("v-2")).isCompletedWithValue("taken");
    assertThat(asked).hasSize(2);
  }

  @Test
  void ofTwoAtOnceWithVersionsOfTheirOwnNeitherUsesWhatTheOtherRead() {
    CompletableFuture<String> before = new CompletableFuture<>();
    CompletableFuture<String> after = new CompletableFuture<>();
    CompletableFuture<String> first = get(before);
    CompletableFuture<String> second = get(after);
    before.complete("v-1");
    after.complete("v-2");
    answers(0, "free");
    assertThat(first).isCompletedWithValue("free");
    assertThat(second).isNotDone();

    answers(1, "taken");

    assertThat(second).isCompletedWithValue("taken");
  }

  @Test
  void aThirdVersionThatComesInBetweenMakesItAskForItself() {
    get("v-1");
    answers(0, "free");
    CompletableFuture<String> late = new CompletableFuture<>();
    CompletableFuture<String> third = get(late);
    get("v-2");
    late.complete("v-3");
    answers(1, "half taken");
    assertThat(third).isNotDone();

    answers(2, "taken");

    assertThat(third).isCompletedWithValue("taken");
  }

  @Test
  void aFailureOfEitherIsTheAnswerAndIsNotKept() {
    CompletableFuture<String> first = get("v-1");
    asked.get(0).completeExceptionally(new IllegalStateException("canvas"));
    assertThat(first).isCompletedExceptionally();
    assertThat(get(CompletableFuture.failedFuture(new IllegalStateException("table"))))
        .isCompletedExceptionally();
    answers(1, "free");

    CompletableFuture<String> third = get("v-1");
    answers(2, "free");

    assertThat(third).isCompletedWithValue("free");
  }

  private CompletableFuture<String> get(String version) {
    return get(CompletableFuture.completedFuture(version));
  }

  private CompletableFuture<String> get(CompletableFuture<String> version) {
    return cache.get(
        "march",
        version,
        () -> {
          CompletableFuture<String> answer = new CompletableFuture<>();
          asked.add(answer);
          return answer;
        });
  }

  private void answers(int which, String says) {
    asked.get(which).complete(says);
  }
}
