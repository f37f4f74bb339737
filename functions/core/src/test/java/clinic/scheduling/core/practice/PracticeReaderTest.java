package clinic.scheduling.core.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.practice.CalendarBinding.Direction;
import clinic.scheduling.core.practice.CalendarBinding.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PracticeReaderTest {
  private static final String PATH = "../../infra/practice.example.json";
  private static final String EXAMPLE = example();

  @Test
  void whichVisitsStandInCalendarsIsThePracticesChoiceAndUsuallyAllDo() {
    String chosen = "{\"noShow\": \"remove\", \"restored\": \"keep\"}";
    String rules = "{\"noShow\": \"keep\", \"checkedIn\": \"keep\", \"restored\": \"keep\"}";

    assertThat(PracticeReader.read(EXAMPLE.replace(rules, chosen)).entryRules())
        .isEqualTo(new EntryRules(false, true, true));
    assertThat(PracticeReader.read(EXAMPLE.replace("\"calendarEntries\": " + rules + ",", "")))
        .extracting(Practice::entryRules)
        .isEqualTo(EntryRules.DEFAULT);
    assertThatExceptionOfType(BadPracticeException.class)
        .isThrownBy(() -> PracticeReader.read(EXAMPLE.replace(rules, "{\"noShow\": \"hide\"}")))
        .withMessageContaining("calendarEntries.noShow must be keep or remove");
  }

  @Test
  void theExampleForProductionIsReadAndLetsNoMessageOutAtNight() throws Exception {
    Practice practice =
        PracticeReader.read(
            Files.readString(Path.of("../../infra/practice.production.example.json")));

    assertThat(practice.practitioners()).hasSize(2);
    assertThat(practice.limits().openBookingsPerPatient()).isEqualTo(4);
    assertThat(practice.messages().practitionerName()).isFalse();
    assertThat(practice.identity().verifyContact()).isTrue();
  }

  @Test
  void theRulesOfOneFunctionAreListedWithTheOtherErrors() {
    List<Function<Practice, List<FieldError>>> rules =
        List.of(practice -> List.of(new FieldError("practitioners[0]", "needs a key")));

    assertThatExceptionOfType(BadPracticeException.class)
        .isThrownBy(
            () -> PracticeReader.read(EXAMPLE.replace("\"+15555550100\"", "\"555\""), rules))
        .withMessageContaining("phone must be E.164")
        .withMessageContaining("practitioners[0] needs a key");
  }

  @Test
  void theExampleIsReadWhole() {
    Practice practice = PracticeReader.read(EXAMPLE);

    VisitType video = practice.visitType("video").orElseThrow();
    assertThat(video.modality()).isEqualTo(Modality.VIDEO);
    assertThat(video.durations()).containsExactly(20, 30);
    assertThat(video.minimumNotice()).isEqualTo(Duration.ofMinutes(60));
    assertThat(video.isOfferedAt("virtual")).isTrue();
    assertThat(video.isOfferedAt("harbor")).isFalse();
    Location harbor = practice.locationByScheduleKey("1").orElseThrow();
    assertThat(harbor.zone()).isEqualTo(ZoneId.of("America/Los_Angeles"));
    assertThat(harbor.state()).contains("CA");
    assertThat(practice.location("virtual").orElseThrow().state()).isEmpty();
    CalendarBinding outlook = practice.practitioners().get(0).calendars().get(0);
    assertThat(outlook.policy()).isEqualTo(Policy.FULL);
    assertThat(outlook.direction()).isEqualTo(Direction.FROM_CANVAS);
    assertThat(practice.tokens().slotMinutes()).isEqualTo(15);
    assertThat(practice.holds()).isEqualTo(new Practice.HoldLengths(300, 300));
  }

  @Test
  void everyOptionalPartHasADefault() {
    Practice practice =
        PracticeReader.read(
            """
            {"name": "N", "phone": "+15555550100",
             "visitTypes": [{"id": "v", "name": "V", "modality": "phone",
               "coding": {"system": "s", "code": "c"}, "durations": [30]}],
             "locations": [{"id": "l", "name": "L", "scheduleKey": "1", "canvasId": "x",
               "zone": "UTC"}],
             "practitioners": [{"id": "p", "canvasId": "y", "name": "P"}]}
            """);

    assertThat(practice.visitTypes().get(0).bookingWindowDays()).isEqualTo(90);
    assertThat(practice.visitTypes().get(0).isOfferedAt("l")).isTrue();
    assertThat(practice.messages().channels()).containsExactly("email", "sms");
    assertThat(practice.limits().requestsPerMinute()).isEqualTo(120);
    assertThat(practice.canvasUrl()).isEmpty();
    assertThat(practice.webhooks().bearer()).isFalse();
    assertThat(practice.identity()).isEqualTo(new Practice.IdentityChecks(false, 60));
  }

  @Test
  void oneCalendarIsNotNamedTwiceForNothingSaysWhichPolicyCounts() {
    String line = "{\"provider\": \"google\", \"address\": \"%s\"}";
    String twice =
        line.formatted("Anna@example.invalid") + "," + line.formatted("anna@example.invalid");
    String bad =
        EXAMPLE.replaceFirst(
            "\"calendars\": \\[[^\\]]*\\]",
            Matcher.quoteReplacement("\"calendars\": [" + twice + "]"));

    assertThatExceptionOfType(BadPracticeException.class)
        .isThrownBy(() -> PracticeReader.read(bad))
        .withMessageContaining("calendars must name each calendar once");
  }

  @Test
  void aTokenIsEnoughForASenderOnlyWhereTheDocumentSaysSo() {
    String allowed = EXAMPLE.replaceFirst("\\{", "{\"webhooks\": {\"bearer\": true},");

    assertThat(PracticeReader.read(EXAMPLE).webhooks().bearer()).isFalse();
    assertThat(PracticeReader.read(allowed).webhooks().bearer()).isTrue();
    for (String bad : new String[] {"\"yes\"", "1", "null, \"token\": \"x\""}) {
      assertThatExceptionOfType(BadPracticeException.class)
          .isThrownBy(() -> PracticeReader.read(allowed.replaceFirst("true", bad)))
          .withMessageContaining("webhooks.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          "Harbor Health"                     | 7                     | name must be a text
          "+15555550100"                      | "555-0100"            | phone must be E.164
          "modality": "in-person"             | "modality": "osmosis" | visitTypes[0].modality must be one of
          "durations": [30]                   | "durations": []       | visitTypes[0].durations must be a list
          "durations": [20, 30]               | "durations": [20, 4]  | visitTypes[1].durations[1] must be a whole number
          "bookingWindowDays": 60             | "bookingWindow": 60   | visitTypes[0].bookingWindow is not a known field
          "locations": ["harbor"]             | "locations": ["moon"] | visitTypes[0].locations names a location
          "id": "virtual"                     | "id": "harbor"        | locations[1].id is used twice
          "scheduleKey": "2"                  | "scheduleKey": "1"    | locations[1].scheduleKey is used twice
          "scheduleKey": "1"                  | "scheduleKey": "one"  | locations[0].scheduleKey must be the integer
          "America/Los_Angeles"               | "Pacific"             | locations[0].zone must be an IANA zone
          "America/Los_Angeles"               | "-08:00"              | locations[0].zone must be an IANA zone
          "state": "CA"                       | "state": "California" | locations[0].address.state must be
          "omar-samplesson"                   | "ingrid-testwell"     | practitioners[1].id is used twice
          3f8a9b7c6d5e4f10a293847561bbccdd    | 7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11 | practitioners[1].canvasId is used twice
          "provider": "outlook"               | "provider": "lotus"   | practitioners[0].calendars[0].provider must be one of
          "baa": true                         | "baa": false          | practitioners[0].calendars[0].policy full needs
          "direction": "from-canvas"          | "direction": "up"     | practitioners[0].calendars[0].direction must be one of
          "direction": "from-canvas"          | "direction": "to-canvas" | practitioners[0].calendars[0].direction needs meetings.eventType
          "direction": "from-canvas"          | "direction": "both"   | practitioners[0].calendars[0].direction needs meetings.eventType
          "licences": []                      | "licences": [{"state": "CA", "start": "2027-02-30", "end": "2028-01-01"}] | practitioners[0].licences[0].start must be a date
          "licences": []                      | "licences": [{"state": "CA", "start": "2028-01-02", "end": "2028-01-01"}] | practitioners[0].licences[0].end must not be before start
          "channels": ["email", "sms"]        | "channels": ["fax"]   | messages.channels[0] must be email or sms
          "requestsPerMinute": 60000          | "requestsPerMinute": 0 | limits.requestsPerMinute must be a whole number
          "seconds": 300                      | "seconds": 1          | holds.seconds must be a whole number
          "name": "Harbor Health"             | "name": "H", "name": "I" | is not JSON
          """)
  void oneWrongValueIsRefusedByItsPath(String right, String wrong, String expected) {
    assertThat(EXAMPLE).contains(right);

    String document = EXAMPLE.replaceFirst(Pattern.quote(right), wrong);

    assertThatExceptionOfType(BadPracticeException.class)
        .isThrownBy(() -> PracticeReader.read(document))
        .withMessageStartingWith("PRACTICE: ")
        .withMessageContaining(expected);
  }

  @Test
  void everyErrorIsListedAtOnce() {
    String document =
        EXAMPLE
            .replace("\"phone\": \"+15555550100\",", "")
            .replace("\"modality\": \"video\"", "\"modality\": \"osmosis\"")
            .replace("\"zone\": \"America/Los_Angeles\"", "\"zone\": \"Nowhere\"")
            .replace("\"id\": \"omar-samplesson\"", "\"id\": \"omar samplesson\"");

    assertThatExceptionOfType(BadPracticeException.class)
        .isThrownBy(() -> PracticeReader.read(document))
        .satisfies(
            e ->
                assertThat(String.valueOf(e.getMessage()).lines().skip(1).map(String::strip))
                    .extracting(line -> line.substring(0, line.indexOf(' ')))
                    .containsExactly(
                        "phone",
                        "visitTypes[1].modality",
                        "locations[0].zone",
                        "locations[1].zone",
                        "practitioners[1].id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "7", "{", "{}", "{} {}", "{\"a\": 1}", "nonsense"})
  void whatIsNoPracticeAtAllIsRefused(String document) {
    assertThatExceptionOfType(BadPracticeException.class)
        .isThrownBy(() -> PracticeReader.read(document));
  }

  @Test
  void aDocumentFollowedByAnotherIsRefused() {
    assertThatExceptionOfType(BadPracticeException.class)
        .isThrownBy(() -> PracticeReader.read(EXAMPLE + EXAMPLE));
  }

  private static String example() {
    try {
      return Files.readString(Path.of(PATH));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
