package clinic.scheduling.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinic.scheduling.canvas.fhir.Schedule;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.sandbox.http.Handler;
import clinic.scheduling.sandbox.http.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search returns all its pages or fails, and it always ends. */
@QuarkusTest
@QuarkusTestResource(ScriptedCanvas.class)
class SearchesEndTest {
  private static final String ENTRY =
      "{\"resource\":{\"resourceType\":\"Schedule\",\"id\":\"%s\"}}";
  private static final String LAST = "";

  @Inject @RestClient FhirApi api;
  @Inject CanvasCalls calls;
  private final MovableClock clock = MovableClock.at("2027-03-16T12:00:00Z");

  @BeforeEach
  void forget() {
    ScriptedCanvas.forget();
  }

  @Test
  void pagesAreReadToTheEnd() {
    ScriptedCanvas.answers(
        page("a", "/Schedule?_offset=1&_count=100"),
        page("b", "https://elsewhere.example.invalid/Schedule?_offset=2&_note=a%20b"),
        page("c", LAST));

    assertThat(canvas().schedules()).extracting(Schedule::id).containsExactly("a", "b", "c");

    assertThat(ScriptedCanvas.CALLS)
        .extracting(call -> call.query("_offset").orElse("none"))
        .containsExactly("none", "1", "2");
    assertThat(ScriptedCanvas.CALLS.get(2).query("_note")).contains("a b");
  }

  @Test
  void aPageThatLeadsToItselfIsNotReadOverAndOver() {
    for (int page = 0; page < 60; page++) {
      ScriptedCanvas.answers(page("a", "/Schedule?_offset=1"));
    }

    fails("leads to itself");

    assertThat(ScriptedCanvas.CALLS).hasSize(2);
  }

  @Test
  void pagesThatLeadToEachOtherEnd() {
    for (int page = 0; page < 60; page++) {
      ScriptedCanvas.answers(page("a", "/Schedule?_offset=" + page % 2));
    }

    fails("does not end");

    assertThat(ScriptedCanvas.CALLS).hasSize(50);
  }

  @Test
  void fiftyPagesAreReadAndOneMoreIsAnErrorAndNotAShorterAnswer() {
    for (int page = 1; page < 50; page++) {
      ScriptedCanvas.answers(page("p" + page, "/Schedule?_offset=" + page));
    }
    ScriptedCanvas.answers(page("p50", LAST));
    assertThat(canvas().schedules()).hasSize(50);

    ScriptedCanvas.forget();
    for (int page = 1; page <= 51; page++) {
      ScriptedCanvas.answers(page("p" + page, page == 51 ? LAST : "/Schedule?_offset=" + page));
    }

    fails("does not end");
    assertThat(ScriptedCanvas.CALLS).hasSize(50);
  }

  @Test
  void noPageIsBegunAfterNineSeconds() {
    for (int page = 1; page < 50; page++) {
      ScriptedCanvas.answers(slow(page("p" + page, "/Schedule?_offset=" + page)));
    }

    fails("does not end");

    assertThat(ScriptedCanvas.CALLS).as("one every two seconds").hasSize(5);
  }

  @Test
  void aLastPageCountsHoweverLateItCame() {
    ScriptedCanvas.answers(slow(slow(slow(slow(slow(page("late", LAST)))))));

    assertThat(canvas().schedules()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"entry\":[null]",
        "\"entry\":[{}]",
        "\"entry\":[{\"resource\":null}]",
        "\"entry\":[{\"fullUrl\":\"urn:uuid:1\",\"search\":{\"mode\":\"match\"}}]",
        "\"link\":[null]",
        "\"link\":[{\"relation\":\"next\"}]",
        "\"link\":[{\"relation\":\"next\",\"url\":\"/Schedule?_offset=%zz\"}]",
        "\"entry\":{}",
        "\"entry\":[{\"resource\":\"Schedule/1\"}]"
      })
  void aPageThatLacksSomethingIsNoAnswerWhereverItStands(String member) {
    ScriptedCanvas.answers(bundle(member), page("b", LAST));
    unavailable();

    ScriptedCanvas.forget();
    ScriptedCanvas.answers(page("a", "/Schedule?_offset=1"), bundle(member), page("c", LAST));
    unavailable();
  }

  @Test
  void anEntryWithoutAResourceSpoilsThoseBesideIt() {
    ScriptedCanvas.answers(bundle("\"entry\":[" + ENTRY.formatted("a") + ",{}]"));

    fails("not whole");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"entry\":[]", "\"entry\":null", "\"link\":[]", "\"link\":null"})
  void anEmptyPageIsAnAnswer(String member) {
    ScriptedCanvas.answers(bundle(member));

    assertThat(canvas().schedules()).isEmpty();
  }

  private Canvas canvas() {
    return new Canvas(api, calls, clock);
  }

  private void unavailable() {
    assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> canvas().schedules());
  }

  private void fails(String why) {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> canvas().schedules())
        .withMessageContaining(why);
  }

  private Handler slow(Handler answer) {
    return call -> {
      clock.move(Duration.ofSeconds(2));
      return answer.handle(call);
    };
  }

  private static Handler page(String id, String next) {
    String entry = "\"entry\":[" + ENTRY.formatted(id) + "]";
    return bundle(
        next.isEmpty()
            ? entry
            : entry + ",\"link\":[{\"relation\":\"next\",\"url\":\"" + next + "\"}]");
  }

  private static Handler bundle(String members) {
    String body = "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"," + members + "}";
    return call -> Reply.text(200, "application/fhir+json", body);
  }
}
