package clinic.scheduling.sandbox.graph;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Delta queries of a window, with their tokens. */
class OutlookTellsOfChangesTest {
  private static final String INGRID = "/graph/v1.0/users/ingrid.testwell%40example.invalid";
  private static final String WINDOW =
      "startDateTime=2026-02-03T00:00:00Z&endDateTime=2026-02-10T00:00:00Z";
  private static final String DELTA = INGRID + "/calendarView/delta()?" + WINDOW;
  private static final String DAILY =
      """
      ,"recurrence":{"pattern":{"type":"daily","interval":1},
       "range":{"type":"noEnd","startDate":"2026-02-03"}}
      """;
  private static final String ELSEWHERE =
      """
      {"start":{"dateTime":"2026-03-03T09:00:00","timeZone":"UTC"},
       "end":{"dateTime":"2026-03-03T09:30:00","timeZone":"UTC"}}
      """;

  private Outlook outlook;
  private Http http;

  @BeforeEach
  void start() throws Exception {
    outlook = new Outlook();
    http = outlook.http.with("Prefer", "IdType=\"ImmutableId\", odata.maxpagesize=3");
  }

  @AfterEach
  void stop() {
    outlook.close();
  }

  /** What a client knows after all pages of a round. */
  private record WholeRound(List<JsonNode> items, String link, int pages) {
    List<String> ids() {
      return items.stream().map(item -> item.get("id").asText()).toList();
    }

    JsonNode item(String id) {
      return items.stream()
          .filter(it -> it.get("id").asText().equals(id))
          .findFirst()
          .orElseThrow();
    }

    boolean removed(String id) {
      return item(id).at("/@removed/reason").asText().equals("deleted");
    }
  }

  private WholeRound round(String path) throws Exception {
    List<JsonNode> items = new ArrayList<>();
    String next = path;
    for (int pages = 1; ; pages++) {
      Http.Answer answer = http.get(next);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.json().get("value")).hasSizeLessThanOrEqualTo(3);
      answer.json().get("value").forEach(items::add);
      if (answer.json().has("@odata.deltaLink")) {
        return new WholeRound(items, path(answer.json().get("@odata.deltaLink")), pages);
      }
      next = path(answer.json().get("@odata.nextLink"));
    }
  }

  private String path(JsonNode link) {
    String text = link.asText();
    assertThat(text).startsWith(outlook.server.url() + "/graph/v1.0/").hasSizeGreaterThan(250);
    return text.substring(outlook.server.url().toString().length());
  }

  @Test
  void aFirstRoundHasTheWindowInPagesAndLaterOnesOnlyWhatChanged() throws Exception {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      made.add(immutable(outlook.made("")));
    }

    WholeRound first = round(DELTA);
    WholeRound quiet = round(first.link());
    String changed = made.get(4);
    outlook.http.json("PATCH", Outlook.EVENTS + "/" + changed, "{\"subject\":\"New\"}");
    WholeRound later = round(quiet.link());

    assertThat(new HashSet<>(first.ids())).isEqualTo(new HashSet<>(made));
    assertThat(first.pages()).isEqualTo(3);
    assertThat(quiet.items()).isEmpty();
    assertThat(later.ids()).containsExactly(changed);
    assertThat(later.item(changed).get("subject").asText()).isEqualTo("New");
    assertThat(outlook.graph.watch().broken()).isEmpty();
  }

  @Test
  void aTokenGivesTheSameChangesAgain() throws Exception {
    String link = round(DELTA).link();
    String made = immutable(outlook.made(""));

    assertThat(round(link).ids()).containsExactly(made);
    assertThat(round(link).ids()).containsExactly(made);
  }

  @Test
  void whatIsDeletedOrMovedOutOrWasNeverInsideIsRemoved() throws Exception {
    String deleted = immutable(outlook.made(""));
    String moved = immutable(outlook.made(""));
    String elsewhere = immutable(outlook.made(""));
    String stays = immutable(outlook.made(""));
    outlook.http.json("PATCH", Outlook.EVENTS + "/" + elsewhere, ELSEWHERE);
    WholeRound first = round(DELTA);

    outlook.http.delete(Outlook.EVENTS + "/" + deleted);
    outlook.http.json("PATCH", Outlook.EVENTS + "/" + moved, ELSEWHERE);
    outlook.http.json("PATCH", Outlook.EVENTS + "/" + elsewhere, "{\"subject\":\"Elsewhere\"}");
    WholeRound later = round(first.link());

    assertThat(first.ids()).containsExactlyInAnyOrder(deleted, moved, stays);
    assertThat(later.ids()).containsExactlyInAnyOrder(deleted, moved, elsewhere);
    assertThat(later.ids()).allMatch(later::removed);
    assertThat(later.item(moved).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("@odata.type", "id", "@removed");
    assertThat(round(later.link()).items()).isEmpty();
    assertThat(outlook.graph.watch().broken()).isEmpty();
  }

  @Test
  void aMeetingThatWasCancelledByOthersIsStillThereAndSaysSo() throws Exception {
    String id = immutable(outlook.made(""));
    String link = round(DELTA).link();

    outlook.control(
        "PATCH",
        Outlook.BY_HAND.substring("/graph-control".length()) + "/" + id,
        "{\"isCancelled\":true}");

    assertThat(round(link).item(id).get("isCancelled").asBoolean()).isTrue();
  }

  @Test
  void anOccurrenceSaysOnlyItsTimesAndItsSeriesComesWithIt() throws Exception {
    String series = immutable(outlook.made(DAILY));

    WholeRound first = round(DELTA);

    List<JsonNode> occurrences =
        first.items().stream().filter(it -> it.get("type").asText().equals("occurrence")).toList();
    assertThat(new HashSet<>(occurrences)).hasSize(7);
    assertThat(occurrences)
        .allSatisfy(
            one ->
                assertThat(one.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                        "@odata.type", "id", "type", "seriesMasterId", "start", "end"))
        .allMatch(one -> one.get("seriesMasterId").asText().equals(series));
    assertThat(first.item(series).get("type").asText()).isEqualTo("seriesMaster");
    assertThat(first.item(series).get("showAs").asText()).isEqualTo("busy");
    assertThat(round(first.link()).items()).isEmpty();
    assertThat(outlook.graph.watch().broken()).isEmpty();
  }

  @Test
  void aChangeOfOneOccurrenceShowsThatOneAndTheSeries() throws Exception {
    String series = immutable(outlook.made(DAILY));
    WholeRound first = round(DELTA);
    String one = occurrence(first, "2026-02-05");
    String other = occurrence(first, "2026-02-06");

    outlook.http.json("PATCH", Outlook.EVENTS + "/" + one, "{\"showAs\":\"free\"}");
    outlook.http.delete(Outlook.EVENTS + "/" + other);
    WholeRound later = round(first.link());

    assertThat(Set.copyOf(later.ids())).isEqualTo(Set.of(series, one, other));
    assertThat(later.item(one).get("type").asText()).isEqualTo("exception");
    assertThat(later.item(one).get("showAs").asText()).isEqualTo("free");
    assertThat(later.removed(other)).isTrue();
  }

  @Test
  void anOccurrenceThatMovesIntoTheWindowIsInIt() throws Exception {
    String series = immutable(outlook.made(DAILY));
    WholeRound first = round(DELTA);
    String ninth = series.replace("AAA=", "20260210AAA=");

    Http.Answer moved =
        outlook.http.json(
            "PATCH",
            Outlook.EVENTS + "/" + ninth,
            ELSEWHERE.replace("2026-03-03T09", "2026-02-09T23"));
    WholeRound later = round(first.link());

    assertThat(moved.status()).as(moved.body()).isEqualTo(400);
    assertThat(later.items()).isEmpty();
    outlook.http.delete(Outlook.EVENTS + "/" + series.replace("AAA=", "20260209AAA="));
    assertThat(
            outlook
                .http
                .json(
                    "PATCH",
                    Outlook.EVENTS + "/" + ninth,
                    ELSEWHERE.replace("2026-03-03T09", "2026-02-09T23"))
                .status())
        .isEqualTo(200);
    assertThat(round(later.link()).ids()).contains(ninth);
  }

  @Test
  void someItemsComeTwiceAndNotInOrder() throws Exception {
    for (int i = 0; i < 7; i++) {
      outlook.made("");
    }
    outlook.control("POST", "/delta", "{\"repeatEvery\":3}");

    List<String> ids = round(DELTA).ids();

    assertThat(ids).hasSize(9);
    assertThat(Set.copyOf(ids)).hasSize(7);
    assertThat(ids).isNotEqualTo(ids.stream().sorted().toList());
  }

  @Test
  void ourStampNeverShowsNorIsAnyOptionTaken() throws Exception {
    outlook.made(
        ",\"singleValueExtendedProperties\":[{\"id\":\"%s\",\"value\":\"a\"}]"
            .formatted(Outlook.OUR_NAME));

    assertThat(round(DELTA).items().toString()).doesNotContain("CanvasAppointment");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"select=id", "expand=x", "filter=x", "orderby=start", "search=x", "top=5"})
  void noOptionIsTaken(String option) throws Exception {
    assertThat(http.get(DELTA + "&%24" + option).status()).isEqualTo(400);
  }

  @Test
  void theIdsAreOfTheKindThatTheCallAsksFor() throws Exception {
    String id = outlook.made("");

    JsonNode mutable = outlook.http.get(DELTA).json().get("value").get(0);

    assertThat(mutable.get("id").asText()).isEqualTo(id).isNotEqualTo(immutable(id));
    assertThat(round(DELTA.replace("()", "")).ids()).containsExactly(immutable(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"syncStateNotFound", "resyncRequired"})
  void aTokenThatWasKilledNeedsAFullRound(String code) throws Exception {
    String link = round(DELTA).link();

    outlook.control(
        "POST",
        "/delta/kill",
        "{\"mailbox\":\"ingrid.testwell@example.invalid\",\"code\":\"%s\"}".formatted(code));
    Http.Answer dead = http.get(link);

    assertThat(dead.status()).isEqualTo(410);
    assertThat(dead.json().at("/error/code").asText()).isEqualTo(code);
    assertThat(http.get(round(DELTA).link()).status()).isEqualTo(200);
  }

  @Test
  void aTokenDiesOfAgeAndOfManyLaterRounds() throws Exception {
    String first = round(DELTA).link();
    outlook.control("POST", "/delta", "{\"roundsKept\":1,\"tokenSeconds\":60}");
    String second = round(first).link();

    assertThat(http.get(first).status()).isEqualTo(200);
    String third = round(second).link();
    assertThat(http.get(first).status()).isEqualTo(410);
    assertThat(http.get(second).status()).isEqualTo(200);
    outlook.clock.advance(Duration.ofSeconds(61));
    assertThat(http.get(third).json().at("/error/code").asText()).isEqualTo("syncStateNotFound");
  }

  @Test
  void aTokenOfAnotherMailboxOrOfNoneIsRefused() throws Exception {
    String link = round(DELTA).link();

    assertThat(http.get(link.replace("ingrid.testwell", "omar.samplesson")).status())
        .isEqualTo(400);
    assertThat(http.get(link.substring(0, link.indexOf('=') + 1) + "nonsense").status())
        .isEqualTo(400);
    assertThat(http.get(link + "&" + WINDOW).status()).isEqualTo(400);
    assertThat(http.get(INGRID + "/calendarView/delta").status()).isEqualTo(400);
  }

  private String immutable(String id) throws Exception {
    return http.get(Outlook.EVENTS + "/" + id).json().get("id").asText();
  }

  private static String occurrence(WholeRound round, String day) {
    return round.items().stream()
        .filter(it -> it.get("type").asText().equals("occurrence"))
        .filter(it -> it.at("/start/dateTime").asText().startsWith(day))
        .map(it -> it.get("id").asText())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatNoListShowsYetIsNotRemovedButComesLater() throws Exception {
    String link = round(DELTA).link();
    outlook.settings("{\"unlistedSeconds\":60}");
    String id = immutable(outlook.made(""));

    WholeRound before = round(link);
    outlook.clock.advance(Duration.ofSeconds(60));

    assertThat(before.items()).isEmpty();
    assertThat(round(before.link()).item(id).get("type").asText()).isEqualTo("singleInstance");
  }

  @Test
  void whatIsRestoredOrMovedToAnotherCalendarShows() throws Exception {
    String id = immutable(outlook.made(""));
    String link = round(DELTA).link();
    String move = "/mailboxes/ingrid.testwell@example.invalid/events/" + id + "/move";

    outlook.control("POST", move, "{\"to\":\"otherCalendar\"}");
    WholeRound without = round(link);
    outlook.control("POST", move, "{\"to\":\"calendar\"}");

    assertThat(without.removed(id)).isTrue();
    assertThat(round(without.link()).item(id).get("type").asText()).isEqualTo("singleInstance");
  }
}
