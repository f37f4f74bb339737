package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PagesTest extends FindSlotsCase {
  private static final int MOST_PAGES = 100;
  private static final String THREE_DAYS = "visit=video&from=2026-12-29&to=2026-12-31";

  @Test
  void pagesNeitherSkipNorRepeat() {
    List<String> whole = names(slots(THREE_DAYS + "&limit=200"));

    assertThat(whole).hasSize(90).doesNotHaveDuplicates();
    for (int limit : new int[] {1, 7, 30, 89, 90, 91}) {
      assertThat(paged(limit)).as("pages of " + limit).isEqualTo(whole);
    }
  }

  @Test
  void offersComeByStartAndThenByClinician() {
    List<String> whole = names(slots(THREE_DAYS + "&limit=200"));

    assertThat(whole).isSorted();
  }

  @Test
  void aPageHasFiftyOffersUnlessAskedOtherwiseAndTheLastHasNoNext() {
    Answer first = slots(THREE_DAYS);
    Answer last = slots(THREE_DAYS + "&cursor=" + next(first));

    assertThat(first.slots()).hasSize(50);
    assertThat(last.slots()).hasSize(40);
    assertThat(last.body().get("next").isNull()).isTrue();
  }

  @Test
  void aPageIsWholeEvenIfAnEarlierTimeIsGoneMeanwhile() {
    Answer first = slots(THREE_DAYS + "&limit=10");
    List<String> expected = names(slots(THREE_DAYS + "&limit=10&cursor=" + next(first)));

    clock.move(Duration.ofMinutes(50));

    assertThat(names(slots(THREE_DAYS + "&limit=10&cursor=" + next(first)))).isEqualTo(expected);
  }

  @Test
  void aCursorThatIsForgedExpiredOrOfAnotherQuestionIsRefused() {
    String good = next(slots(THREE_DAYS));
    String slot = slots(THREE_DAYS).slots().get(0).path("slot").asText();
    String foreign = next(slots(THREE_DAYS + "&duration=30&limit=1"));

    for (String bad : List.of("x", "a.b", good + "A", "A" + good, slot, foreign)) {
      assertThat(refused(THREE_DAYS + "&cursor=" + bad).wrongFields()).containsExactly("cursor");
    }
    clock.move(Duration.ofHours(1));
    assertThat(refused(THREE_DAYS + "&cursor=" + good).wrongFields()).containsExactly("cursor");
  }

  private List<String> paged(int limit) {
    List<String> all = new ArrayList<>();
    String cursor = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      Answer answer = slots(THREE_DAYS + "&limit=" + limit + cursor);
      assertThat(answer.slots()).hasSizeLessThanOrEqualTo(limit);
      all.addAll(names(answer));
      if (answer.body().get("next").isNull()) {
        return all;
      }
      cursor = "&cursor=" + next(answer);
    }
    throw new AssertionError("pages without end");
  }

  private static String next(Answer answer) {
    return answer.body().path("next").asText();
  }

  private static List<String> names(Answer answer) {
    return answer.slots().stream()
        .map(slot -> Stream.of("/start", "/practitioner/id", "/location/id").map(slot::at))
        .map(parts -> String.join(" ", parts.map(JsonNode::asText).toList()))
        .toList();
  }
}
