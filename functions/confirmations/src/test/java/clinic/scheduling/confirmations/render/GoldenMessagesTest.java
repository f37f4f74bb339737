package clinic.scheduling.confirmations.render;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.ICalVersion;
import clinic.scheduling.confirmations.contact.ReachableChannels.Recipient;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each message has exactly the recorded words, for every kind, language, channel and way to meet.
 * Mails are read with parsers of other libraries. After an intended change, run the test with
 * {@code -Dgolden.write=true} and read the diff.
 */
class GoldenMessagesTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final String START = "2027-03-16T21:30:00Z";
  private static final Map<String, Visit.Meeting> MEETINGS = new LinkedHashMap<>();

  static {
    MEETINGS.put("in-person", Samples.AT_HARBOR);
    MEETINGS.put(
        "video", new Visit.Meeting.ByVideo(Optional.of("https://video.example.invalid/r/1")));
    MEETINGS.put("video, no link yet", new Visit.Meeting.ByVideo(Optional.empty()));
    MEETINGS.put("phone", new Visit.Meeting.ByPhone());
    MEETINGS.put("home", new Visit.Meeting.AtHome());
  }

  private final Practice practice = Samples.practice();
  private final MovableClock clock = MovableClock.at("2027-02-20T10:00:00Z");

  static List<String> languages() throws IOException {
    return TranslationsTest.files();
  }

  @ParameterizedTest
  @MethodSource("languages")
  void areAsTheyWere(String language) throws Exception {
    StringBuilder all = new StringBuilder();
    for (MessageKind kind : MessageKind.values()) {
      all.append("==== ").append(kind).append(" by SMS\n").append(sms(kind, language)).append('\n');
      for (Map.Entry<String, Visit.Meeting> meeting : MEETINGS.entrySet()) {
        all.append("==== ").append(kind).append(" by e-mail, ").append(meeting.getKey());
        all.append('\n').append(shown(mail(kind, meeting.getValue(), language)));
      }
    }

    all.append("==== code by SMS\n");
    all.append(SmsText.ofCode("012345", practice, Samples.words(language))).append('\n');
    all.append("==== code by e-mail\n").append(shown(codeMail(language)));

    Path golden = FOLDER.resolve(language + ".txt");
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(FOLDER);
      Files.writeString(golden, all.toString());
    }
    assertThat(all.toString()).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everyTextMessageIsOnePartHasItsLinkAndSaysTheLeast(String language) {
    for (MessageKind kind : MessageKind.values()) {
      String text = sms(kind, language);
      assertThat(Gsm7.fits(text, 1)).as(text).isTrue();
      assertThat(text.contains(Samples.SHORT)).as(text).isEqualTo(!kind.isCancellation());
      assertThat(text)
          .startsWith("Harbor Health: ")
          .contains("PDT", "STOP")
          .doesNotContainIgnoringCase("Ingrid", "Avery", "office", "family", "Pier", "video");
    }
    String code = SmsText.ofCode("012345", practice, Samples.words(language));
    assertThat(Gsm7.fits(code, 1)).as(code).isTrue();
    assertThat(code).startsWith("Harbor Health: 012345 ").contains("STOP").doesNotContain("http");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rash", "knee", "psychiatry", "1990", "Canaryson", "token="})
  void noMailPutsIntoACalendarWhatIsNobodysBusiness(String word) throws Exception {
    for (MessageKind kind : MessageKind.values()) {
      ReadMail mail = mail(kind, Samples.AT_HARBOR, "en");
      if (!kind.isReminder()) {
        assertThat(mail.text(2)).doesNotContainIgnoringCase(word);
      }
    }
  }

  private String sms(MessageKind kind, String language) {
    Visit visit = Samples.visit(START, Samples.AT_HARBOR);
    return SmsText.of(kind, visit, Samples.SHORT, practice, Samples.words(language));
  }

  private ReadMail mail(MessageKind kind, Visit.Meeting meeting, String language) throws Exception {
    MessageRequest request =
        kind.isReminder() ? Samples.reminder() : Samples.request(Change.MOVED, kind.ordinal());
    byte[] bytes =
        SimulatedTemplates.composeMails(practice, clock, Samples.PUBLIC_URL)
            .mail(
                request,
                kind,
                Samples.visit(START, meeting),
                Phi.of("Avery"),
                Samples.words(language),
                new Recipient.At(Phi.of("avery@example.invalid"), "0".repeat(32)))
            .mime();
    return new ReadMail(bytes);
  }

  private ReadMail codeMail(String language) throws Exception {
    return new ReadMail(
        SimulatedTemplates.composeMails(practice, clock, Samples.PUBLIC_URL)
            .codeMail(
                "code-1",
                "012345",
                Samples.words(language),
                new Recipient.At(Phi.of("avery@example.invalid"), "0".repeat(32)))
            .mime());
  }

  private static String shown(ReadMail mail) throws Exception {
    StringBuilder shown = new StringBuilder();
    shown.append("Subject: ").append(mail.subject()).append("\n\n");
    shown.append(mail.text(0)).append('\n');
    assertThat(words(mail.text(1)))
        .as("the HTML says the same")
        .contains(
            mail.text(0)
                .lines()
                .filter(line -> line.matches("  [^:]+: .*"))
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .toList());
    if (mail.types().contains("text/calendar")) {
      assertThat(mail.calendar().validate(ICalVersion.V2_0).isEmpty()).isTrue();
      assertThat(mail.method(2)).hasValue(mail.calendar().getMethod().getValue());
      shown.append("[").append(mail.calendar().getMethod().getValue());
      shown.append(' ').append(mail.event().getSequence().getValue());
      shown.append(' ').append(mail.event().getStatus().getValue());
      shown.append("] ").append(mail.event().getSummary().getValue());
      shown.append(" | ").append(mail.event().getLocation().getValue()).append("\n");
    }
    return shown.append('\n').toString();
  }

  private static String words(String html) {
    return html.replaceAll("<[^>]+>", " ").replace("&#39;", "'").replace("&amp;", "&");
  }
}
