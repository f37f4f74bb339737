package clinic.scheduling.core.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DayOfWeek;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The practice document decides when, for how long and with whom patients can book. */
class PracticeRulesTest {
  private static final String DOCUMENT =
      """
      {"name": "N", "phone": "+15555550100",
       "visitTypes": [{"id": "v", "name": "V", "modality": "phone", VISIT
         "coding": {"system": "s", "code": "c"}, "durations": [20, 30, 60]}],
       "locations": [{"id": "l", "name": "L", "scheduleKey": "1", "canvasId": "x", PLACE
         "zone": "UTC"}],
       "practitioners": [{"id": "p", "canvasId": "y", WHO "name": "P"}], DOC
       "limits": {}}
      """;

  @Test
  void withoutAWordAnythingGoes() {
    Practice practice = with("", "");

    assertThat(visit(practice).hours()).isEmpty();
    assertThat(visit(practice).startEveryMinutes()).isEqualTo(1);
    assertThat(practice.locations().get(0).hours()).isEmpty();
    assertThat(practice.practitioners().get(0).offers("v")).isTrue();
    assertThat(practice.specialties()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"VISIT", "PLACE"})
  void hoursAreMinutesOfTheDayOnDaysOfTheWeek(String where) {
    Practice practice =
        with(
            where,
            """
            "hours": [{"days": ["monday", "sunday", "monday"], "from": "00:00", "to": "24:00"},
                      {"days": ["friday"], "from": "08:30", "to": "23:59"}],
            """);

    assertThat(
            where.equals("VISIT") ? visit(practice).hours() : practice.locations().get(0).hours())
        .containsExactly(
            new Hours(Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY), 0, 1440),
            new Hours(Set.of(DayOfWeek.FRIDAY), 510, 1439));
  }

  @Test
  void everyDayOfTheWeekHasItsWord() {
    String days =
        "\"monday\",\"tuesday\",\"wednesday\",\"thursday\",\"friday\",\"saturday\",\"sunday\"";

    assertThat(visit(with("VISIT", hours(days, "09:00", "17:00"))).hours().get(0).days())
        .isEqualTo(EnumSet.allOf(DayOfWeek.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          "from": "9:00", "to": "17:00"      | from must be a time like 09:00
          "from": "0900", "to": "17:00"      | from must be a time like 09:00
          "from": "09:60", "to": "17:00"     | from must be a time like 09:00
          "from": "-9:00", "to": "17:00"     | from must be a time like 09:00
          "from": "09:00:00", "to": "17:00"  | from must be a text of 1 to 5
          "from": 900, "to": "17:00"         | from must be a text of 1 to 5
          "from": null, "to": "17:00"        | from is missing
          "from": "09:00"                    | to is missing
          "from": "09:00", "to": "24:01"     | to must be a time like 09:00, at most 24:00
          "from": "09:00", "to": "25:00"     | to must be a time like 09:00, at most 24:00
          "from": "09:00", "to": ""          | to must be a text of 1 to 5
          "from": "09:00", "to": "09:00"     | to must be later than from, on the same day
          "from": "22:00", "to": "06:00"     | to must be later than from, on the same day
          "from": "24:00", "to": "24:00"     | to must be later than from, on the same day
          "from": "09:00", "to": "17:00", "zone": "UTC" | zone is not a known field
          "from": "09:00", "to": "17:00", "days": []    | days must be a list of 1 to 7 items
          "from": "09:00", "to": "17:00", "days": "friday"   | days must be a list of 1 to 7 items
          "from": "09:00", "to": "17:00", "days": ["Friday"] | days[0] must be a day like monday
          "from": "09:00", "to": "17:00", "days": ["fri"]    | days[0] must be a day like monday
          "from": "09:00", "to": "17:00", "days": ["friday", 5] | days[1] must be a text
          "from": "09:00", "to": "17:00", "days": null       | days is missing
          """)
  void hoursThatCannotBeAreRefused(String fields, String expected) {
    String days = fields.contains("days") ? "" : "\"days\": [\"friday\"], ";
    String hours = "\"hours\": [{" + days + fields + "}],";

    refused("VISIT", hours, "visitTypes[0].hours[0]." + expected);
    refused("PLACE", hours, "locations[0].hours[0]." + expected);
  }

  @Test
  void thereAreAtMostFiftyHours() {
    String one = "{\"days\": [\"friday\"], \"from\": \"09:00\", \"to\": \"17:00\"}";
    String fifty = String.join(",", Collections.nCopies(50, one));

    assertThat(visit(with("VISIT", "\"hours\": [" + fifty + "],")).hours()).hasSize(50);
    refused(
        "VISIT",
        "\"hours\": [" + fifty + "," + one + "],",
        "visitTypes[0].hours must be a list of 0 to 50 items");
  }

  @Test
  void aGridAndTheLengthsOfAReasonAreRead() {
    VisitType visit =
        visit(
            with(
                "VISIT",
                """
                "startEveryMinutes": 15, "reasons": [
                  {"system": "s", "code": "long", "name": "L", "durations": [60, 30]},
                  {"system": "s", "code": "any", "name": "A"}],
                """));

    assertThat(visit.startEveryMinutes()).isEqualTo(15);
    assertThat(visit.durationsFor(visit.reason("long"))).containsExactly(60, 30);
    assertThat(visit.durationsFor(visit.reason("any"))).containsExactly(20, 30, 60);
    assertThat(visit.durationsFor(Optional.empty())).containsExactly(20, 30, 60);
    assertThat(visit.reason("long").orElseThrow().fits(30)).isTrue();
    assertThat(visit.reason("long").orElseThrow().fits(20)).isFalse();
    assertThat(visit.reason("any").orElseThrow().fits(20)).isTrue();
  }

  @Test
  void whoOffersWhatAndIsWhatIsRead() {
    Practice who = with("WHO", "\"visitTypes\": [\"v\"],");
    Practice doc =
        with("DOC", "\"specialties\": [{\"id\": \"family\", \"taxonomies\": [\"207Q00000X\"]}],");

    assertThat(who.practitioners().get(0).offers("v")).isTrue();
    assertThat(who.practitioners().get(0).offers("w")).isFalse();
    assertThat(doc.specialties().get(0).taxonomies()).containsExactly("207Q00000X");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          VISIT | "hours": 7                    | visitTypes[0].hours must be a list of 0 to 50 items
          VISIT | "hours": [7]                  | visitTypes[0].hours[0] must be an object
          VISIT | "startEveryMinutes": 0        | visitTypes[0].startEveryMinutes must be a whole number from 1 to 240
          VISIT | "startEveryMinutes": 241      | visitTypes[0].startEveryMinutes must be a whole number from 1 to 240
          VISIT | "startEveryMinutes": 7.5      | visitTypes[0].startEveryMinutes must be a whole number
          VISIT | "startEveryMinutes": "30"     | visitTypes[0].startEveryMinutes must be a whole number
          VISIT | "reasons": [{"system": "s", "code": "c", "name": "n", "durations": [20]}, {"system": "s", "code": "d", "name": "n", "durations": [20, 45]}] | visitTypes[0].reasons[1].durations must be among the durations of the visit type
          VISIT | "reasons": [{"system": "s", "code": "c", "name": "n", "durations": [4]}] | visitTypes[0].reasons[0].durations[0] must be a whole number from 5 to 480
          VISIT | "reasons": [{"system": "s", "code": "c", "name": "n", "durations": 20}]  | visitTypes[0].reasons[0].durations must be a list of 0 to 20 items
          VISIT | "reasons": [{"system": "s", "code": "c", "name": "n", "duration": [20]}] | visitTypes[0].reasons[0].duration is not a known field
          WHO   | "visitTypes": ["v", "moon"]   | practitioners[0].visitTypes names one that is not in visitTypes
          WHO   | "visitTypes": ["a visit"]     | practitioners[0].visitTypes[0] must be the id of a visit type
          WHO   | "visitTypes": [7]             | practitioners[0].visitTypes[0] must be a text
          WHO   | "visitTypes": "v"             | practitioners[0].visitTypes must be a list of 0 to 100 items
          DOC   | "specialties": {}             | specialties must be a list of 0 to 200 items
          DOC   | "specialties": [{"id": "f"}]  | specialties[0].taxonomies is missing
          DOC   | "specialties": [{"taxonomies": ["207Q00000X"]}]             | specialties[0].id is missing
          DOC   | "specialties": [{"id": "f", "taxonomies": []}]              | specialties[0].taxonomies must be a list of 1 to 100 items
          DOC   | "specialties": [{"id": "f", "taxonomies": ["207q00000x"]}]  | specialties[0].taxonomies[0] must be a NUCC taxonomy code
          DOC   | "specialties": [{"id": "f", "taxonomies": ["207Q00000XX"]}] | specialties[0].taxonomies[0] must be a NUCC taxonomy code
          DOC   | "specialties": [{"id": "f", "taxonomies": ["207Q00000X"], "name": "F"}] | specialties[0].name is not a known field
          DOC   | "specialties": [{"id": "f", "taxonomies": ["207Q00000X"]}, {"id": "f", "taxonomies": ["208000000X"]}] | specialties[1].id is used twice
          """)
  void aWrongRuleIsRefusedByItsPath(String where, String fields, String expected) {
    refused(where, fields + ",", expected);
  }

  private static void refused(String where, String fields, String expected) {
    assertThatExceptionOfType(BadPracticeException.class)
        .isThrownBy(() -> with(where, fields))
        .withMessageContaining(expected);
  }

  private static VisitType visit(Practice practice) {
    return practice.visitTypes().get(0);
  }

  private static String hours(String days, String from, String to) {
    return "\"hours\": [{\"days\": [%s], \"from\": \"%s\", \"to\": \"%s\"}],"
        .formatted(days, from, to);
  }

  /** The document with fields added at one of its placeholders. */
  private static Practice with(String where, String fields) {
    String document = where.isEmpty() ? DOCUMENT : DOCUMENT.replace(where, fields);
    return PracticeReader.read(document.replaceAll("VISIT|PLACE|WHO|DOC", ""));
  }
}
