package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BadQueriesTest extends FindSlotsCase {
  private static final String DAY = "&from=2026-12-29&to=2026-12-29";

  private static final List<String> GOOD =
      List.of(
          "visit=office&from=2026-12-29&to=2026-12-30",
          "visit=video&from=2026-12-29T09:00:00Z&to=2026-12-29T11:00:00-08:00&duration=30&state=CA",
          "visit=video&from=2026-12-29&to=2026-12-29&timezone=Asia/Tokyo&limit=3&location=virtual"
              + "&practitioner=omar-samplesson&specialty=family-medicine",
          "visit=consult&reason=LONG&firstPer=practitioner&from=2026-12-29&to=2027-02-20");
  private static final List<String> BITS =
      List.of(
          "0",
          "1",
          "9",
          "-",
          ":",
          ".",
          "T",
          "Z",
          "a",
          "A",
          "&",
          "=",
          "+",
          "%20",
          "%2B",
          "%00",
          "%0A",
          "%",
          "%C3%A9",
          "%F0%9F%98%80",
          "%EF%BC%91",
          "%D9%A1",
          "é",
          "limit=2",
          "&cursor=a.b");

  @ParameterizedTest
  @CsvSource({
    "from=2026-12-29T09:00:00+01:00&to=2026-12-29T11:00:00Z, from, true",
    "from=2026-12-29T09:00:00Z&to=2026-12-29T11:00:00+01:00, to, true",
    "from=2026-12-29&to=2026-12-29&timezone=Etc/GMT+5, timezone, true",
    "from=2026-12-29T09:00:00%2B99:00&to=2026-12-29T11:00:00Z, from, false",
    "from=2026-12-29&to=2026-12-29&timezone=Etc/GMT-99, timezone, false"
  })
  void aPlusThatArrivesAsABlankIsExplained(String query, String field, boolean explained) {
    Answer answer = refused("visit=office&" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(answer.body().at("/errors/0/message").asText().contains("send + as %2B"))
        .isEqualTo(explained);
    assertThat(answer.body().path("errors")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          visit=canary                              | visit
          visit=                                    | visit
          visit=office&visit=office                 | visit
          visit=office&colour=canary                | colour
          visit=office&Visit=office                 | Visit
          visit=office&canary+birdsong=1            | (a field)
          visit=office&specialty=Family+Canary      | specialty
          visit=office&state=California             | state
          visit=office&state=ca                     | state
          visit=office&location=canary              | location
          visit=office&practitioner=canary          | practitioner
          visit=office&duration=20                  | duration
          visit=office&duration=thirty              | duration
          visit=office&duration=-30                 | duration
          visit=office&duration=99999999999         | duration
          visit=office&timezone=Canary              | timezone
          visit=office&timezone=-08:00              | timezone
          visit=office&limit=0                      | limit
          visit=office&limit=201                    | limit
          visit=office&firstPer=location            | firstPer
          visit=office&reason=CANARY                | reason
          visit=consult&reason=LONG&duration=20     | duration
          visit=%zz                                 | query
          """)
  void aWrongUnknownOrRepeatedParameterIsNamedAndItsValueIsNot(String query, String field) {
    Answer answer = refused(query + DAY);

    assertThat(answer.wrongFields()).containsExactly(field);
    assertThat(answer.raw().getBody().toLowerCase(Locale.ROOT)).doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+", "%20%09%0D%0A"})
  void aParameterThatMayBeLeftOutMayBeEmpty(String empty) {
    String asked = "visit=office" + DAY;
    List<String> optional =
        List.of(
            "specialty",
            "state",
            "location",
            "practitioner",
            "reason",
            "duration",
            "timezone",
            "firstPer",
            "limit",
            "cursor");
    StringBuilder all = new StringBuilder(asked);
    optional.forEach(name -> all.append('&').append(name).append('=').append(empty));

    assertThat(starts(get("/slots", all.toString()))).isEqualTo(starts(get("/slots", asked)));
    for (String name : optional) {
      assertThat(get("/slots", asked + "&" + name + "=" + empty).status()).as(name).isEqualTo(200);
    }
  }

  private static List<String> starts(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().path("slots").findValuesAsText("start");
  }

  @ParameterizedTest
  @CsvSource({
    "'visit=&from=2026-12-29&to=2026-12-29', visit",
    "'visit=office&from=+&to=2026-12-29', from",
    "'visit=office&from=2026-12-29&to=', to"
  })
  void aParameterThatMustBeGivenIsMissingWhereItIsEmpty(String query, String field) {
    Answer answer = refused(query);

    assertThat(answer.wrongFields()).containsExactly(field);
    assertThat(answer.body().at("/errors/0/message").asText()).isEqualTo("is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-12-29           | 2026-12-28           | to
          2026-12-29T09:00:00Z | 2026-12-29T09:00:00Z | to
          2026-12-29T09:00:00Z | 2026-12-29T08:00:00Z | to
          2026-12-29           | 2026-12-29T03:00:00Z | to
          2026-12-29T03:00:00Z | 2026-12-29           | to
          2026-12-32           | 2026-12-29           | from
          2027-02-29           | 2027-03-02           | from
          2026-12-29T09:00:00  | 2026-12-30T09:00:00Z | from
          29.12.2026           | 2026-12-29           | from
          tomorrow             | 2026-12-29           | from
          2026-W53-2           | 2026-12-29           | from
          """)
  void aWindowThatIsNoneIsRefused(String from, String to, String field) {
    assertThat(refused("visit=office&from=" + from + "&to=" + to).wrongFields())
        .containsExactly(field);
  }

  @Test
  void aYearWithoutEndIsRefused() {
    String year = "%2B999999999-12-31T23:00:00Z";

    assertThat(refused("visit=office&from=" + year + "&to=" + year).wrongFields())
        .containsExactly("from", "to");
  }

  @Test
  void everythingThatIsWrongIsNamedAtOnce() {
    assertThat(refused("limit=0&state=x&colour=1&from=x").wrongFields())
        .containsExactlyInAnyOrder("colour", "visit", "from", "to", "limit", "state");
  }

  @Test
  void whateverIsAskedIsAnsweredOrRefusedByTheContract() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("BadQueriesTest seed " + seed);
    Random random = new Random(seed);
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      String query = GOOD.get(random.nextInt(GOOD.size()));
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        query = changed(query, random);
      }
      int status = get("/slots", query).status();
      assertThat(status).as("seed " + seed + ": " + query).isIn(200, 400);
      seen.add(status);
    }
    assertThat(seen).containsExactlyInAnyOrder(200, 400);
  }

  private static String changed(String query, Random random) {
    int at = random.nextInt(query.length());
    int to = Math.min(query.length(), at + random.nextInt(3));
    String put = random.nextInt(4) == 0 ? "" : BITS.get(random.nextInt(BITS.size()));
    return query.substring(0, at) + put + query.substring(to);
  }

  @Test
  void anUnknownCallIsNotFound() {
    assertThat(get("/nothing", "").status()).isEqualTo(404);
    assertThat(get("/slots/1", "").status()).isEqualTo(404);
  }
}
