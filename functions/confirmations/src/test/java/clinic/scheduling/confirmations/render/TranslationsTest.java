package clinic.scheduling.confirmations.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.confirmations.render.Translations.Translation;
import clinic.scheduling.core.practice.MessageText;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.visit.Consent;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each language has one complete file, and each patient is written to in their language. */
class TranslationsTest {
  private static final Path FILES = Path.of("src/main/resources/messages");

  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .map(file -> file.getFileName().toString().replace(".properties", ""))
          .sorted()
          .toList();
    }
  }

  @Test
  void thereAreEnglishAndSpanishAtLeast() throws IOException {
    assertThat(files()).contains("en", "es");
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFileIsWhole(String language) {
    assertThat(LanguageFile.faults(LanguageFile.read(language).orElseThrow())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void noTextIsLeftInAnotherLanguage(String language) {
    Map<String, String> english = LanguageFile.read("en").orElseThrow();
    Map<String, String> other = LanguageFile.read(language).orElseThrow();

    assertThat(Stream.of(MessageText.values()).map(MessageText::key))
        .allMatch(key -> language.equals("en") || !english.get(key).equals(other.get(key)));
  }

  @Test
  void whatIsMissingUnknownOrMisshapenIsNamed() {
    Map<String, String> entries = new HashMap<>(LanguageFile.read("en").orElseThrow());
    entries.remove("sms-booked");
    entries.put("news-moved", "moved: {reason}");
    entries.put("months-short", "Jan,Feb");
    entries.put("format-time", "{hour}:{minute}");
    entries.put("colour", "red");

    assertThat(LanguageFile.faults(entries))
        .containsExactlyInAnyOrder(
            "sms-booked is missing",
            "news-moved must have the placeholders [clinic] and no others",
            "months-short is missing or misshapen",
            "format-time is missing or misshapen",
            "colour is not known");
  }

  @Test
  void aNativeExecutableKnowsTheDatesOfEveryLanguage() throws IOException {
    Properties settings = new Properties();
    try (Reader file =
        Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
      settings.load(file);
    }

    assertThat(settings.getProperty("quarkus.locales").split(","))
        .containsExactlyInAnyOrderElementsOf(files());
  }

  @Test
  void aLanguageWhoseDatesJavaLacksIsToldFromOthers() {
    assertThat(Translation.hasDates("qaa")).isFalse();
    assertThat(List.of("en", "en-US", "es", "es-PR", "vi", "zh", "tl"))
        .allMatch(Translation::hasDates);
  }

  @Test
  void aLanguageWithoutAFileIsRefusedWhenTheFunctionStarts() {
    String json =
        Samples.practiceJson()
            .replace("\"languages\": [\"en\", \"es\"]", "\"languages\": [\"en\", \"tl\", \"vi\"]");

    assertThatIllegalStateException()
        .isThrownBy(() -> new Translations(PracticeReader.read(json)))
        .withMessageContaining("tl has no file")
        .withMessageContaining("vi has no file");
  }

  @Test
  void aWordingOfThePracticeTakesTheLanguagesPlace() {
    String json =
        Samples.practiceJson()
            .replace(
                "\"canvasReminders\": true",
                "\"canvasReminders\": true, \"texts\": {\"es\": {\"sms-stop\": \"ALTO para no"
                    + " recibir\"}}");
    Translations languages = new Translations(PracticeReader.read(json));

    assertThat(languages.of(speaking("es"), Optional.empty()).text(MessageText.SMS_STOP))
        .isEqualTo("ALTO para no recibir");
    assertThat(languages.of(speaking("en"), Optional.empty()).text(MessageText.SMS_STOP))
        .isEqualTo("STOP to opt out.");
  }

  @ParameterizedTest
  @CsvSource({
    "es, en, es",
    "es-MX, en, es",
    "ES, en, es",
    "'', es, es",
    "'', es-US, es",
    "'', '', en",
    "fr, es, en",
    "'', tl, en"
  })
  void whatThePatientChoseGoesBeforeWhatCanvasKnows(String chosen, String known, String expected) {
    Translations languages = new Translations(Samples.practice());
    Optional<Consent> consent =
        Optional.of(
            new Consent(
                true, true, Optional.of(chosen).filter(it -> !it.isEmpty()), Optional.empty()));

    assertThat(languages.of(speaking(known), consent).language()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-03T22:30:00Z, en, 'Tue Feb 3, 2:30 PM PST', 'Tuesday, February 3, 2026', 2:30 PM PST",
    "2026-02-03T22:30:00Z, es, 'mar 3 feb, 2:30 p. m. PST', 'martes, 3 de febrero de 2026',"
        + " 2:30 p. m. PST",
    "2026-07-01T07:05:00Z, en, 'Wed Jul 1, 12:05 AM PDT', 'Wednesday, July 1, 2026', 12:05 AM PDT",
    "2026-07-01T19:00:00Z, es, 'mi\u00e9 1 jul, 12:00 p. m. PDT',"
        + " 'mi\u00e9rcoles, 1 de julio de 2026', 12:00 p. m. PDT"
  })
  void timesAreWrittenAsPeopleThereWriteThem(
      Instant at, String language, String brief, String day, String time) {
    Translation words = Samples.words(language);
    ZoneId zone = ZoneId.of("America/Los_Angeles");

    assertThat(words.brief(at, zone)).isEqualTo(brief);
    assertThat(words.day(at, zone)).isEqualTo(day);
    assertThat(words.time(at, zone)).isEqualTo(time);
  }

  /**
   * A native executable has dates only for the languages in {@code quarkus.locales}, and these have
   * no region.
   */
  @ParameterizedTest
  @CsvSource({"en-GB, 'Tuesday, February 3, 2026'", "es-MX, 'martes, 3 de febrero de 2026'"})
  void datesAreThoseOfTheLanguageFileWhateverTheRegion(String language, String day) {
    Instant at = Instant.parse("2026-02-03T22:30:00Z");

    assertThat(Samples.words(language).day(at, ZoneId.of("America/Los_Angeles"))).isEqualTo(day);
  }

  private static Patient speaking(String language) {
    List<Patient.Language> spoken =
        language.isEmpty()
            ? List.of()
            : List.of(
                new Patient.Language(CodeableConcept.of(new Coding(null, "xx", null)), false),
                new Patient.Language(CodeableConcept.of(new Coding(null, language, null)), true));
    return new Patient("Patient", "p", null, null, true, null, null, null, null, null, spoken);
  }
}
