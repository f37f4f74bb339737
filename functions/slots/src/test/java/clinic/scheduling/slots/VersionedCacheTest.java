package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Canvas is asked without waiting for the stamp, and nothing is used that the stamp does not bear
 * out.
 */
class VersionedCacheTest {
  private final MovableClock clock = MovableClock.at("2027-03-14T09:59:58Z");
  private final VersionedCache<String, String> stamped = new VersionedCache<>(clock);
  private final List<CompletableFuture<String>> asked = new ArrayList<>();

  @Test
  void canvasIsAskedBeforeTheStampIsThere() {
    CompletableFuture<String> stamp = new CompletableFuture<>();
    CompletableFuture<String> answer = get(stamp);
    assertThat(asked).hasSize(1);
    stamp.complete("s-1");
    assertThat(answer).isNotDone();

    answers(0, "free");

    assertThat(answer).isCompletedWithValue("free");
  }

  @Test
  void aStampThatIsAFewMillisecondsLaterWillDo() {
    CompletableFuture<String> stamp = new CompletableFuture<>();
    CompletableFuture<String> answer = get(stamp);
    answers(0, "free");
    clock.move(Duration.ofMillis(200));
    stamp.complete("s-1");

    assertThat(answer).isCompletedWithValue("free");
    assertThat(get("s-1")).isCompletedWithValue("free");
  }

  @Test
  void aStampThatIsMuchLaterProvesNothingAndCanvasIsAskedAgain() {
    CompletableFuture<String> stamp = new CompletableFuture<>();
    CompletableFuture<String> answer = get(stamp);
    answers(0, "free");
    clock.move(Duration.ofMillis(201));
    stamp.complete("s-1");
    assertThat(answer).isNotDone();

    answers(1, "taken");

    assertThat(answer).isCompletedWithValue("taken");
    assertThat(get("s-1")).isCompletedWithValue("taken");
  }

  @Test
  void whatIsKeptIsUsedUnderTheSameStampForFiveSeconds() {
    get("s-1");
    answers(0, "free");

    assertThat(get("s-1")).isCompletedWithValue("free");
    clock.move(Duration.ofSeconds(5));
    get("s-1");

    assertThat(asked).hasSize(2);
  }

  @Test
  void anotherStampIsReadAnewAndKeptInItsPlace() {
    get("s-1");
    answers(0, "free");

    CompletableFuture<String> second = get("s-2");
    assertThat(second).isNotDone();
    answers(1, "taken");

    assertThat(second).isCompletedWithValue("taken");
    assertThat(get("s-2")).isCompletedWithValue("taken");
    assertThat(asked).hasSize(2);
  }

  @Test
  void ofTwoAtOnceWithStampsOfTheirOwnNeitherUsesWhatTheOtherRead() {
    CompletableFuture<String> before = new CompletableFuture<>();
    CompletableFuture<String> after = new CompletableFuture<>();
    CompletableFuture<String> first = get(before);
    CompletableFuture<String> second = get(after);
    before.complete("s-1");
    after.complete("s-2");
    answers(0, "free");
    assertThat(first).isCompletedWithValue("free");
    assertThat(second).isNotDone();

    answers(1, "taken");

    assertThat(second).isCompletedWithValue("taken");
  }

  @Test
  void aThirdStampThatComesInBetweenMakesItAskForItself() {
    get("s-1");
    answers(0, "free");
    CompletableFuture<String> late = new CompletableFuture<>();
    CompletableFuture<String> third = get(late);
    get("s-2");
    late.complete("s-3");
    answers(1, "half taken");
    assertThat(third).isNotDone();

    answers(2, "taken");

    assertThat(third).isCompletedWithValue("taken");
  }

  @Test
  void aFailureOfEitherIsTheAnswerAndIsNotKept() {
    CompletableFuture<String> first = get("s-1");
    asked.get(0).completeExceptionally(new IllegalStateException("canvas"));
    assertThat(first).isCompletedExceptionally();
    assertThat(get(CompletableFuture.failedFuture(new IllegalStateException("table"))))
        .isCompletedExceptionally();
    answers(1, "free");

    CompletableFuture<String> third = get("s-1");
    answers(2, "free");

    assertThat(third).isCompletedWithValue("free");
  }

  private CompletableFuture<String> get(String stamp) {
    return get(CompletableFuture.completedFuture(stamp));
  }

  private CompletableFuture<String> get(CompletableFuture<String> stamp) {
    return stamped.get(
        "march",
        stamp,
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
