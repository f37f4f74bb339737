package clinic.scheduling.core.invite;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import clinic.scheduling.core.invite.Invite.Method;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InviteTest {
  private static final Instant STAMP = Instant.parse("2027-03-10T08:00:00Z");
  private static final Instant START = Instant.parse("2027-03-16T16:00:00Z");
  private static final String UID = Invite.uidOf("1a4f6c2e-90b3-4d57-8e21-7c6b5a493801");
  private static final List<String> HOSTILE =
      List.of(
          "\r\nEND:VEVENT\r\n",
          "\nX:",
          "\r",
          "\\",
          ";",
          ",",
          ":",
          "\"",
          "\u0000",
          "\u0085",
          "\u001b",
          "é",
          "\uD83D\uDE00",
          " ",
          "x",
          "ATTENDEE:mailto:",
          "\\n",
          "\t",
          "漢",
          "=",
          "^n");

  @Test
  void aCalendarProgramReadsWhatWasWritten() {
    VEvent event = event(parsed(invite(Method.REQUEST, "Visit", "Line 1\nLine 2; a, b\\c")));

    assertThat(event.getUid().getValue()).isEqualTo(UID);
    assertThat(event.getSequence().getValue()).isEqualTo(3);
    assertThat(event.getDateTimeStamp().getValue().toInstant()).isEqualTo(STAMP);
    assertThat(event.getDateStart().getValue().toInstant()).isEqualTo(START);
    assertThat(event.getDateEnd().getValue().toInstant()).isEqualTo(START.plusSeconds(1800));
    assertThat(event.getDescription().getValue()).isEqualTo("Line 1\nLine 2; a, b\\c");
    assertThat(event.getOrganizer().getEmail()).isEqualTo("clinic@example.invalid");
    assertThat(event.getOrganizer().getCommonName()).isEqualTo("Harbor Health");
    assertThat(event.getAttendees()).hasSize(1);
    assertThat(event.getStatus().isConfirmed()).isTrue();
    assertThat(event.getClassification().isPrivate()).isTrue();
  }

  @Test
  void theObjectIsValidForEachMethod() {
    for (Method method : Method.values()) {
      ICalendar calendar = parsed(invite(method, "Visit", "At the pier"));

      assertThat(calendar.getMethod().getValue()).isEqualTo(method.name());
      assertThat(calendar.validate(ICalVersion.V2_0).isEmpty()).isTrue();
    }
  }

  @Test
  void aCancellationSaysSo() {
    VEvent event = event(parsed(invite(Method.CANCEL, "Visit", "Cancelled")));

    assertThat(event.getStatus().isCancelled()).isTrue();
  }

  @Test
  void aFileThatIsFetchedNamesNoPatient() {
    Invite file =
        new Invite(
            Method.PUBLISH,
            UID,
            0,
            STAMP,
            START,
            START.plusSeconds(1800),
            "Visit",
            "D",
            "L",
            "Harbor Health",
            "clinic@example.invalid",
            Optional.empty());

    assertThat(file.text()).doesNotContain("ATTENDEE");
  }

  @Test
  void oneVisitHasOneUidAndItSaysNothing() {
    assertThat(Invite.uidOf("a")).isEqualTo(Invite.uidOf("a")).isNotEqualTo(Invite.uidOf("b"));
    assertThat(Invite.uidOf("1a4f6c2e")).doesNotContain("1a4f6c2e");
  }

  @Test
  void longLinesAreFoldedAtSeventyFiveOctetsBetweenCharacters() {
    String words = "Grüße, 漢字 \uD83D\uDE00; ".repeat(40);
    Invite invite = invite(Method.REQUEST, words, words);

    checkLines(invite.text(), "");
    assertThat(event(parsed(invite)).getSummary().getValue()).isEqualTo(words);
  }

  @Test
  void hostileTextStaysText() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("InviteTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      String summary = hostile(random);
      String description = hostile(random);
      Invite invite =
          new Invite(
              Method.REQUEST,
              UID,
              1,
              STAMP,
              START,
              START.plusSeconds(1800),
              summary,
              description,
              hostile(random),
              hostile(random),
              "clinic@example.invalid",
              Optional.of("a@example.invalid" + hostile(random)));

      checkLines(invite.text(), "seed " + seed);
      ICalendar calendar = parsed(invite);
      assertThat(calendar.getEvents()).as("seed " + seed).hasSize(1);
      VEvent event = calendar.getEvents().get(0);
      assertThat(event.getSummary().getValue()).as("seed " + seed).isEqualTo(plain(summary));
      assertThat(event.getDescription().getValue())
          .as("seed " + seed)
          .isEqualTo(plain(description));
      assertThat(event.getAttendees()).as("seed " + seed).hasSize(1);
      assertThat(event.getExperimentalProperties()).as("seed " + seed).isEmpty();
    }
  }

  /**
   * The text as a calendar program should show it: with its line ends, but without other control
   * characters.
   */
  private static String plain(String text) {
    return text.replace("\r\n", "\n").replaceAll("[\\p{Cc}&&[^\\n]]", "");
  }

  private static String hostile(Random random) {
    StringBuilder text = new StringBuilder("t");
    for (int i = random.nextInt(60); i > 0; i--) {
      text.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
    }
    return text.append('.').toString();
  }

  private static void checkLines(String text, String as) {
    assertThat(text).as(as).endsWith("END:VCALENDAR\r\n");
    assertThat(text.replace("\r\n", "")).as(as).doesNotContain("\n").doesNotContain("\r");
    for (String line : text.split("\r\n", -1)) {
      assertThat(line.getBytes(StandardCharsets.UTF_8).length).as(as).isLessThanOrEqualTo(75);
      assertThat(new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .as(as)
          .isEqualTo(line);
    }
  }

  private static Invite invite(Method method, String summary, String description) {
    return new Invite(
        method,
        UID,
        3,
        STAMP,
        START,
        START.plusSeconds(1800),
        summary,
        description,
        "Harbor Clinic, 1 Pier St",
        "Harbor Health",
        "clinic@example.invalid",
        Optional.of("avery@example.invalid"));
  }

  private static ICalendar parsed(Invite invite) {
    return Biweekly.parse(invite.text()).first();
  }

  private static VEvent event(ICalendar calendar) {
    assertThat(calendar.getEvents()).hasSize(1);
    return calendar.getEvents().get(0);
  }
}
