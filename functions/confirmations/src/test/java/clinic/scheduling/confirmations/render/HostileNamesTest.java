package clinic.scheduling.confirmations.render;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.ICalVersion;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.confirmations.contact.ReachableChannels.Recipient;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.Change;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever a patient, a clinic, a clinician or a place is called, a mail has one recipient and one
 * complete calendar object, its HTML runs no script, and a text message is one line. The names are
 * random; {@code -Dseed=} repeats them.
 */
class HostileNamesTest {
  private static final int ROUNDS = 1_500;
  private static final List<String> HOSTILE =
      List.of(
          "\r\nBcc: everyone@example.invalid\r\n",
          "\n\n<script>alert(1)</script>",
          "\u202e\u2066\u2067\u200f\u061c",
          "\u2028\u2029\u0085\u000b\u000c",
          "\"><img src=x onerror=alert(1)>",
          "END:VEVENT\r\nEND:VCALENDAR\r\n",
          "\\n;,:\"\\",
          "{when} {clinic} $1 \\1 %s",
          "=?UTF-8?B?QmNj?=",
          "\ud83d\udc69\u200d\u2695\ufe0f\ud83c\udf08",
          "\ud83d",
          "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u064a\u0645",
          "a\u0301\u0327\u0323".repeat(20),
          "\u6e2f\u8a3a",
          "\u0000\u0007\u001b[31m",
          "x".repeat(300),
          "javascript:alert(1)",
          "--=_a");

  private final MovableClock clock = MovableClock.at("2027-02-20T10:00:00Z");

  @Test
  void doNoHarmAnywhere() throws Exception {
    long seed = Long.getLong("seed", 20270316L);
    Random random = new Random(seed);
    int scripts = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String name = name(random);
      String as = "seed " + seed + ", round " + round;
      mail(name, as, MessageKind.values()[random.nextInt(MessageKind.values().length)]);
      sms(name, as, MessageKind.values()[random.nextInt(MessageKind.values().length)]);
      scripts += name.contains("<script>") ? 1 : 0;
    }
    assertThat(scripts).as("the worst was among them").isPositive();
  }

  private void mail(String name, String as, MessageKind kind) throws Exception {
    Practice practice = Samples.practice();
    Visit visit =
        new Visit(
            Samples.visit().time(),
            Samples.HARBOR,
            new Visit.Meeting.AtClinic(PlainText.of(name, 100), Optional.of(name)),
            Optional.of(name),
            Samples.MANAGE);
    MessageRequest request =
        kind.isReminder() ? Samples.reminder() : Samples.request(Change.BOOKED, 3);
    byte[] bytes =
        SimulatedTemplates.composeMails(practice, clock, Samples.PUBLIC_URL)
            .mail(
                request,
                kind,
                visit,
                Phi.of(PlainText.of(name, 40)),
                Samples.words("es"),
                new Recipient.At(Phi.of("avery@example.invalid"), "0".repeat(32)))
            .mime();
    String raw = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(raw.lines()).as(as).allMatch(line -> line.length() <= 200);
    assertThat(raw.chars().allMatch(c -> c < 127)).as(as).isTrue();
    ReadMail mail = new ReadMail(bytes);
    assertThat(mail.receivers()).as(as).hasSize(1);
    assertThat(mail.header("Bcc")).as(as).isEmpty();
    assertThat(mail.types())
        .as(as)
        .hasSize(kind.isReminder() ? 2 : 4)
        .startsWith("text/plain", "text/html");
    assertThat(mail.text(1)).as(as).doesNotContain("<script", "<img", "onerror=alert(1)>");
    assertThat(mail.text(1).split("<a ", -1).length)
        .as(as)
        .isEqualTo(kind.isCancellation() ? 1 : 2);
    if (!kind.isReminder()) {
      assertThat(mail.calendar().validate(ICalVersion.V2_0).isEmpty()).as(as).isTrue();
      assertThat(mail.calendar().getEvents()).as(as).hasSize(1);
      assertThat(mail.event().getSequence().getValue()).as(as).isEqualTo(3);
      assertThat(mail.text(2).getBytes(StandardCharsets.UTF_8)).as(as).isNotEmpty();
      assertThat(mail.text(2).split("\r\n"))
          .as(as)
          .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75);
    }
  }

  private static void sms(String name, String as, MessageKind kind) {
    String clinic = PlainText.of(name, 45);
    Practice practice =
        Samples.practiceNamed(clinic.isBlank() ? "x" : clinic.replaceAll("[\"\\\\]", "'"));
    String text = SmsText.of(kind, Samples.visit(), Samples.SHORT, practice, Samples.words("en"));
    assertThat(text)
        .as(as)
        .contains("Tue Feb 3, 2:30 PM PST")
        .doesNotContainPattern("[\\p{Cc}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");
    assertThat(text.length()).as(as).isLessThan(400);
  }

  /** A name without visible characters does not make the patient's record unreadable. */
  @Test
  void aPatientWithoutAReadableNameIsGreetedAllTheSame() {
    for (String name : List.of("", "\u202e", "\r\n", "\ud83d")) {
      HumanName official = new HumanName("official", null, null, List.of(Phi.of(name)));
      Patient patient =
          new Patient("Patient", "p", null, null, true, List.of(official), null, null, null, null);
      assertThat(patient.officialName()).isPresent();
      assertThat(PlainText.of(name, 40)).isEmpty();
    }
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    Stream.generate(() -> random.nextInt(4))
        .limit(1 + random.nextInt(5))
        .forEach(
            which ->
                name.append(
                    switch (which) {
                      case 0 -> HOSTILE.get(random.nextInt(HOSTILE.size()));
                      case 1 -> Character.toString(random.nextInt(0x110000));
                      case 2 -> "Eve ";
                      default -> Character.toString(random.nextInt(0x80));
                    }));
    return name.toString();
  }
}
