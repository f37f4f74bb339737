package clinic.scheduling.confirmations.render;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.ICalVersion;
import biweekly.component.VEvent;
import clinic.scheduling.confirmations.contact.ReachableChannels.Recipient;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.contact.EmailAddress;
import clinic.scheduling.core.invite.Invite;
import clinic.scheduling.core.queue.Change;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailMessageTest {
  private static final Phi<String> TO = Phi.of("avery.fixture@example.invalid");
  private final MovableClock clock = MovableClock.at("2026-01-20T10:00:00Z");

  @Test
  void aMailIsReadByAnotherParserAsAnInvitation() throws Exception {
    ReadMail mail = mail(MessageKind.BOOKED, 0, Samples.visit(), "Avery");

    assertThat(mail.types())
        .containsExactly("text/plain", "text/html", "text/calendar", "application/ics");
    assertThat(mail.method(2)).hasValue("REQUEST");
    assertThat(mail.fileName(3)).hasValue("invite.ics");
    assertThat(mail.text(2)).isEqualTo(mail.text(3)).contains("METHOD:REQUEST\r\n");
    assertThat(mail.subject()).isEqualTo("Your visit is booked: Tue Feb 3, 2:30 PM PST");
    assertThat(mail.senderName()).isEqualTo("Harbor Health");
    assertThat(mail.senderAddress()).isEqualTo("appointments@harbor-health.example.invalid");
    assertThat(mail.sent()).isEqualTo(clock.instant());
    assertThat(mail.receivers()).containsExactly(TO.value());
  }

  /**
   * The date must not depend on the default zone, which in a native executable is that of the
   * machine that built it.
   */
  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/Los_Angeles", "Asia/Kolkata"})
  void theDateIsInUtcWhereverTheFunctionRuns(String zone) {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      clock.set(Instant.parse("2026-02-03T01:02:03Z"));
      String mail = new String(bytes("Harbor", TO.value()), StandardCharsets.US_ASCII);

      assertThat(mail.lines()).contains("Date: Tue, 3 Feb 2026 01:02:03 +0000");
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void theCalendarObjectIsValidAndSaysTheLeast() throws Exception {
    ReadMail mail = mail(MessageKind.BOOKED, 0, Samples.visit(), "Avery");

    VEvent event = mail.event();
    assertThat(mail.calendar().validate(ICalVersion.V2_0).isEmpty()).isTrue();
    assertThat(event.getDateStart().getValue().toInstant()).isEqualTo("2026-02-03T22:30:00Z");
    assertThat(event.getDateEnd().getValue().toInstant()).isEqualTo("2026-02-03T23:00:00Z");
    assertThat(event.getSummary().getValue()).isEqualTo("Visit with Ingrid Testwell MD");
    assertThat(event.getLocation().getValue())
        .isEqualTo("Harbor Clinic, 1 Pier St, Harborview, CA 90000");
    assertThat(mail.text(2)).doesNotContain("token=", "Avery");
  }

  @Test
  void oneVisitKeepsItsNameAndCountsItsChanges() throws Exception {
    ReadMail booked = mail(MessageKind.BOOKED, 0, Samples.visit(), "Avery");
    clock.move(Duration.ofMinutes(5));
    ReadMail moved =
        mail(
            MessageKind.MOVED,
            1,
            Samples.visit("2026-02-04T18:00:00Z", Samples.AT_HARBOR),
            "Avery");
    clock.move(Duration.ofMinutes(5));
    ReadMail cancelled =
        mail(
            MessageKind.CANCELLED,
            2,
            Samples.visit("2026-02-04T18:00:00Z", Samples.AT_HARBOR),
            "Avery");

    List<ReadMail> all = List.of(booked, moved, cancelled);
    assertThat(all)
        .extracting(mail -> mail.event().getUid().getValue())
        .containsOnly(booked.event().getUid().getValue());
    assertThat(all)
        .extracting(mail -> mail.event().getSequence().getValue())
        .containsExactly(0, 1, 2);
    assertThat(all)
        .extracting(mail -> mail.calendar().getMethod().getValue())
        .containsExactly("REQUEST", "REQUEST", "CANCEL");
    assertThat(all)
        .extracting(mail -> mail.event().getDateTimeStamp().getValue())
        .doesNotHaveDuplicates();
    assertThat(all).extracting(mail -> mail.messageId()).doesNotHaveDuplicates();
    assertThat(cancelled.event().getStatus().getValue()).isEqualTo("CANCELLED");
    assertThat(cancelled.method(2)).hasValue("CANCEL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Eve\r\nBcc: everyone@example.invalid",
        "Eve\nX-Evil: 1\n\n<script>",
        "\u202eevE\u202c \u2066x\u2069\u200f",
        "Eve\u2028Bcc: x@example.invalid\u0085y",
        "\"Eve\" <eve@example.invalid>, \\",
        "=?UTF-8?B?RXZl?=",
        "\uD83D\uDC69\u200D\u2695\uFE0F\uD83D",
        "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u064a\u0645",
        "\u0000\u0007\u001b[31mEve"
      })
  void aHostileNameHarmsNothing(String name) throws Exception {
    harmless(name);
  }

  @Test
  void aNameOfThreeHundredCharactersIsCut() throws Exception {
    String name = "\u0416\u0443\u043a".repeat(100);

    assertThat(harmless(name)).contains("\u0416\u0443\u043a").contains("\u2026");
  }

  @Test
  void noNameAtAllIsGreetedWithoutOne() throws Exception {
    assertThat(mail(MessageKind.BOOKED, 0, Samples.visit(), "").text(0)).startsWith("Hello,\n");
  }

  @Test
  void textThatLooksLikeAnEncodedWordIsNotDecoded() throws Exception {
    String name = "=?UTF-8?B?RXZl?= Health";

    ReadMail mail = new ReadMail(bytes(name, TO.value()));

    assertThat(mail.senderName()).isEqualTo("= ?UTF-8?B?RXZl?= Health");
    assertThat(mail.subject()).isEqualTo("Your visit: = ?UTF-8?B?RXZl?= Health");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "avery@example.invalid",
        "o'hara+visits@example.invalid",
        "a!#$%&*/=?^_`{|}~-b@example.invalid",
        "a@xn--exmple-cua.invalid"
      })
  void everyAddressThatWeAcceptIsWrittenTo(String address) throws Exception {
    assertThat(EmailAddress.parse(address)).isPresent();

    assertThat(new ReadMail(bytes("Harbor Health", address)).receivers()).containsExactly(address);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyNameOfTheClinicArrivesWholeAndAddsNoHeader(long seed) throws Exception {
    String name = randomName(new Random(seed));
    String subject = "Your visit: " + name;

    byte[] bytes = bytes(name, TO.value());
    ReadMail mail = new ReadMail(bytes);

    assertThat(headerNames(bytes)).as("seed " + seed).isEqualTo(EXPECTED_HEADERS);
    assertThat(mail.subject()).as("seed " + seed).isEqualTo(PlainText.of(subject, 120));
    assertThat(mail.senderName()).as("seed " + seed).isEqualTo(PlainText.of(name, 100));
    assertThat(mail.event().getSequence().getValue()).isZero();
  }

  static List<Long> seeds() {
    long first = Long.getLong("seed", 20260203L);
    return LongStream.range(first, first + 60).boxed().toList();
  }

  private static final List<String> EXPECTED_HEADERS =
      List.of(
          "Auto-Submitted",
          "Content-Type",
          "Date",
          "From",
          "MIME-Version",
          "Message-ID",
          "Subject",
          "To");

  private String harmless(String name) throws Exception {
    byte[] bytes = bytes(MessageKind.BOOKED, 0, Samples.visit(), name);
    ReadMail mail = new ReadMail(bytes);
    assertThat(headerNames(bytes)).isEqualTo(EXPECTED_HEADERS);
    assertThat(mail.receivers()).hasSize(1);
    assertThat(mail.text(0).lines().findFirst().orElseThrow())
        .startsWith("Hello")
        .endsWith(",")
        .doesNotContainPattern("[\\p{Cc}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]")
        .hasSizeLessThan(100);
    assertThat(mail.text(1)).doesNotContain("<script>", "<eve");
    return mail.text(0);
  }

  /**
   * The names of all header fields, sorted. Also checks that each line of the mail is short and in
   * ASCII.
   */
  private static List<String> headerNames(byte[] bytes) {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(all.lines()).allMatch(line -> line.length() <= 200);
    assertThat(all.chars()).allMatch(c -> c < 127);
    String head = all.substring(0, all.indexOf("\r\n\r\n"));
    return head.replaceAll("\r\n[ \t]", " ")
        .lines()
        .map(line -> line.substring(0, Math.max(0, line.indexOf(':'))))
        .sorted()
        .toList();
  }

  private static String randomName(Random random) {
    int length = 1 + random.nextInt(90);
    StringBuilder name = new StringBuilder("A");
    for (int i = 0; i < length; i++) {
      int point =
          switch (random.nextInt(5)) {
            case 0 -> random.nextInt(0x80);
            case 1 -> 0xa0 + random.nextInt(0x500);
            case 2 -> 0x1f300 + random.nextInt(0x300);
            case 3 -> "\r\n\"<>,;:\\=?@()[]".codePointAt(random.nextInt(16));
            default -> 0x4e00 + random.nextInt(0x1000);
          };
      name.appendCodePoint(point);
    }
    return name.toString();
  }

  private byte[] bytes(String clinic, String to) {
    return new EmailMessage(
            clinic,
            "a@example.invalid",
            to,
            "Your visit: " + clinic,
            "plain",
            "html",
            Optional.of(invitation(clinic)),
            Optional.empty(),
            "k")
        .bytes(clock.instant());
  }

  private Invite invitation(String name) {
    Instant start = Instant.parse("2026-02-03T22:30:00Z");
    return new Invite(
        Invite.Method.REQUEST,
        Invite.uidOf("appt-1"),
        0,
        clock.instant(),
        start,
        start.plusSeconds(1800),
        name,
        name,
        name,
        name,
        "a@example.invalid",
        Optional.of(TO.value()));
  }

  private ReadMail mail(MessageKind kind, int sequence, Visit visit, String name) throws Exception {
    return new ReadMail(bytes(kind, sequence, visit, name));
  }

  private byte[] bytes(MessageKind kind, int sequence, Visit visit, String name) {
    return SimulatedTemplates.composeMails(Samples.practice(), clock, Samples.PUBLIC_URL)
        .mail(
            Samples.request(change(kind), sequence),
            kind,
            visit,
            Phi.of(PlainText.of(name, 40)),
            Samples.words("en"),
            new Recipient.At(TO, "0".repeat(32)))
        .mime();
  }

  private static Change change(MessageKind kind) {
    return kind == MessageKind.CANCELLED ? Change.CANCELLED : Change.BOOKED;
  }
}
