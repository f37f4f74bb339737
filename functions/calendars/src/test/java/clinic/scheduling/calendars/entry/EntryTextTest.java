package clinic.scheduling.calendars.entry;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.HomeAddress;
import clinic.scheduling.calendars.HtmlText;
import clinic.scheduling.calendars.PlainText;
import clinic.scheduling.calendars.SampleVisits;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.CalendarBinding.Policy;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A calendar shows what its policy allows, and not a word more. */
public class EntryTextTest {
  private static final CanvasVisit VISIT = SampleVisits.with(AppointmentStatus.BOOKED);

  @Test
  void busyShowsABlockAndTheSchedule() {
    CalendarEntry entry = entry(Policy.BUSY, true);

    assertThat(entry.subject().value()).isEqualTo("Busy");
    assertThat(entry.details().value())
        .isEqualTo("Canvas: https://canvas.example.invalid/schedule/day");
    assertThat(String.join("|", entry.parts()))
        .doesNotContain("Ada", "A.F.", "5555550", "knee", "Way");
  }

  @Test
  void initialsShowNoName() {
    CalendarEntry entry = entry(Policy.INITIALS, true);

    assertThat(entry.subject().value()).isEqualTo("A.F. · Office visit");
    assertThat(entry.isPrivate()).isTrue();
    assertThat(String.join("|", entry.parts())).doesNotContain("Ada", "5555550", "knee", "Way");
  }

  @ParameterizedTest
  @CsvSource({"BUSY,true", "BUSY,false", "INITIALS,true", "INITIALS,false", "FULL,false"})
  void nothingLeadsToOnePatientUnlessTheEntrySaysWhoComes(Policy policy, boolean baa) {
    assertThat(String.join("|", entry(policy, baa).parts()))
        .contains("https://canvas.example.invalid/schedule/day")
        .doesNotContain("/patient/", SampleVisits.ROOT);
  }

  @Test
  void onlyAFullEntryLeadsToTheChart() {
    assertThat(entry(Policy.FULL, true).details().value())
        .contains("Canvas: https://canvas.example.invalid/patient/1");
  }

  @ParameterizedTest
  @CsvSource({
    "see http://evil.example/a, see http: / /evil. example/a",
    "HTTPS://EVIL.EXAMPLE, HTTPS: / /EVIL. EXAMPLE",
    "www.evil.com/x?y=1, www. evil. com/x?y=1",
    "evil.com, evil. com",
    "evil\u3002com or evil\uff0ecom, evil\u3002 com or evil\uff0e com",
    "evil.\u200bcom, evil. com",
    "ev\u202eil.com, evil. com",
    "evil.\u200dcom, evil. \u200dcom",
    "163.com/a, 163. com/a",
    "localhost:8080/a, localhost: 8080/a",
    "1.2.3.4.evil, 1. 2. 3. 4. evil",
    "at 192.168.0.1/a, at 192. 168. 0. 1/a",
    "see \ud83d\udca9.la now, see \ud83d\udca9. la now",
    "i\u2764.ws, i\u2764. ws",
    "i\u2764\ufe0f.ws, i\u2764\ufe0f. ws",
    "evil.\ud83d\udca9, evil. \ud83d\udca9",
    "evil\u2024com, evil\u2024 com",
    "evil\ufe52com, evil\ufe52 com",
    "\u2488com, \u2488 com",
    "\u2488\u2489\u248a4, \u2488 \u2489 \u248a 4",
    "x).com, x). com",
    "x-.com, x-. com",
    "call 206.555.0142, call 206.555.0142",
    "2.5.1.2026 is no address, 2.5.1.2026 is no address",
    "\ud83d\ude00. And so on, \ud83d\ude00. And so on",
    "a@b.example, a@b. example",
    "mailto:a@b, mailto: a@b",
    "javascript:alert(1), javascript: alert(1)",
    "'\\\\evil\\share', '\\ \\evil\\share'",
    "//evil/x, / /evil/x",
    "fever of 38.5 since 9:30, fever of 38.5 since 9:30",
    "Dr. Who said so. Since 10.11.2026, Dr. Who said so. Since 10.11.2026",
    "b.i.d., b. i. d.",
    "left/right knee, left/right knee"
  })
  void whatAStrangerTypedBecomesNoLink(String typed, String shown) {
    Phi<String> said = Phi.of(typed);
    HomeAddress home = new HomeAddress(typed, typed, typed, typed);
    PatientSummary stranger =
        new PatientSummary(
            said, said, Optional.of(said), Optional.of(said), Optional.of(Phi.of(home)));

    CalendarEntry entry = entry(SampleVisits.of(stranger), Policy.FULL, true);

    assertThat(entry.subject().value()).startsWith(shown + " · ");
    assertThat(entry.details().value())
        .contains("Reason: " + shown + "\n", "Phone: " + shown + "\n");
    assertThat(entry.place().value()).startsWith(shown + ", ");
    assertThat(entry.home().value()).isEqualTo(new HomeAddress(shown, shown, shown, shown));
  }

  @Test
  void everyCharacterThatBecomesADotIsOne() {
    assertThat(
            IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(one -> one < Character.MIN_SURROGATE || one > Character.MAX_SURROGATE)
                .mapToObj(Character::toString)
                .filter(EntryTextTest::isDot)
                .filter(one -> subject("a" + one + "com").startsWith("a" + one + "com")))
        .isEmpty();
  }

  private static boolean isDot(String one) {
    String folded = Normalizer.normalize(one, Normalizer.Form.NFKC);
    return folded.contains(".") || folded.contains("\u3002");
  }

  private static String subject(String name) {
    Phi<String> said = Phi.of(name);
    PatientSummary stranger =
        new PatientSummary(said, said, Optional.empty(), Optional.empty(), Optional.empty());
    return entry(SampleVisits.of(stranger), Policy.FULL, true).subject().value();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\ud83d\ude00", "&", "&\n", "x.", "\""})
  void aLongReasonCutsNoLink(String one) {
    Phi<String> said = Phi.of(one.repeat(9_000));
    PatientSummary person =
        new PatientSummary(said, said, Optional.of(said), Optional.of(said), Optional.empty());
    String details = entry(SampleVisits.of(person), Policy.FULL, true).details().value();

    assertThat(details).startsWith("Reason: " + one.substring(0, 1)).contains("…\nPhone: ");
    for (String kept :
        List.of(
            PlainText.lines(details, 8_000), HtmlText.visibleText(HtmlText.of(details, 8_000)))) {
      assertThat(kept)
          .contains("Meeting: https://meet.example")
          .contains("Canvas: https://canvas.example.invalid/patient/1");
    }
  }

  @Test
  void theFormIsRaisedWheneverTheSameVisitIsWrittenInAnotherWay() {
    String all =
        Stream.of(entry(Policy.BUSY, true), entry(Policy.INITIALS, true), entry(Policy.FULL, true))
            .map(entry -> String.join("\n", entry.parts()))
            .collect(Collectors.joining("\n"));

    assertThat(CalendarEntry.FORMAT_VERSION + " " + Digest.of(all).substring(0, 12))
        .as("raise CalendarEntry.FORMAT_VERSION too, or what stands far ahead is not rewritten")
        .isEqualTo("3 175e40c0f048");
  }

  @Test
  void fullShowsNameReasonPhoneAndWhereToGo() {
    CalendarEntry entry = entry(Policy.FULL, true);

    assertThat(entry.subject().value()).isEqualTo("Ada Fixture · Office visit");
    assertThat(entry.details().value()).contains("sore knee", "+15555550123", "meet.example");
    assertThat(entry.place().value()).isEqualTo("7 Test Way, Harborview, CA 90000");
    assertThat(entry.home().value().city()).isEqualTo("Harborview");
  }

  @Test
  void withoutAnAgreementInitialsAreTheMost() {
    assertThat(entry(Policy.FULL, false)).isEqualTo(entry(Policy.INITIALS, true));
  }

  @Test
  void anEntryWrittenToALogShowsNothing() {
    assertThat(entry(Policy.FULL, true).toString()).doesNotContain("Ada", "5555550", "knee", "Way");
  }

  private static CalendarEntry entry(Policy policy, boolean baa) {
    return entry(VISIT, policy, baa);
  }

  private static CalendarEntry entry(CanvasVisit visit, Policy policy, boolean baa) {
    return EntryText.of(
        visit, SampleVisits.HALF_PAST, SampleVisits.binding(Provider.OUTLOOK, policy, baa));
  }
}
