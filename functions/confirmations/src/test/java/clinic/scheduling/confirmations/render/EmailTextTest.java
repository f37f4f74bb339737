package clinic.scheduling.confirmations.render;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.confirmations.render.Translations.Translation;
import clinic.scheduling.core.practice.Practice;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmailTextTest {
  private static final Translation EN = Samples.words("en");
  private final Practice practice = Samples.practice();
  private final ComposeMessage compose =
      SimulatedTemplates.composeMails(practice, Clock.systemUTC(), Samples.PUBLIC_URL);

  @Test
  void aBookingSaysWhoWhenWhereAndHowToChangeIt() {
    assertThat(plain(MessageKind.BOOKED, Samples.visit()))
        .isEqualTo(
            """
            Hello Avery,

            your visit with Harbor Health is booked.

              Date: Tuesday, February 3, 2026
              Time: 2:30 PM PST
              Where: Harbor Clinic, 1 Pier St, Harborview, CA 90000
              With: Ingrid Testwell MD
              Phone: (555) 555-0100

            To see, move or cancel your visit:
            %s

            Please do not answer this message with anything about your health. To reach us, call (555) 555-0100.

            Harbor Health
            """
                .formatted(Samples.MANAGE));
  }

  @Test
  void aVideoVisitGivesItsLink() {
    Visit visit =
        Samples.visit(
            "2026-07-01T16:00:00Z",
            new Visit.Meeting.ByVideo(Optional.of("https://video.example.invalid/r/1")));

    assertThat(plain(MessageKind.MOVED, visit))
        .contains("your visit with Harbor Health has a new time:")
        .contains("  Time: 9:00 AM PDT\n  Where: Video visit\n")
        .contains("  Video link: https://video.example.invalid/r/1\n");
  }

  @Test
  void aVideoVisitWithoutALinkSaysWhereTheLinkComesFrom() {
    assertThat(
            plain(
                MessageKind.BOOKED,
                Samples.visit("2026-07-01T16:00:00Z", new Visit.Meeting.ByVideo(Optional.empty()))))
        .contains("Where: Video visit; the link comes from the clinic")
        .doesNotContain("Video link");
  }

  @Test
  void aHomeVisitDoesNotTellThePatientsAddress() {
    assertThat(
            plain(
                MessageKind.BOOKED,
                Samples.visit("2026-07-01T16:00:00Z", new Visit.Meeting.AtHome())))
        .contains("Where: At your home\n");
  }

  @Test
  void aPhoneVisitSaysWhoCalls() {
    assertThat(
            plain(
                MessageKind.BOOKED,
                Samples.visit("2026-07-01T16:00:00Z", new Visit.Meeting.ByPhone())))
        .contains("Where: By phone: we call you\n");
  }

  @Test
  void aCancellationHasNoLinkToManageWhatIsGone() {
    EmailText text = compose.emailText(MessageKind.CANCELLED, Samples.visit(), "Avery", EN);

    assertThat(text.subject()).isEqualTo("Your visit is cancelled: Tue Feb 3, 2:30 PM PST");
    assertThat(plain(MessageKind.CANCELLED, Samples.visit()))
        .contains("is cancelled. It was to be:")
        .doesNotContain("token=");
    assertThat(compose.html(text)).doesNotContain("<a ");
  }

  @Test
  void aNameThatIsMarkupStaysText() {
    EmailText text =
        compose.emailText(MessageKind.BOOKED, Samples.visit(), "<b onload='x'>\"&", EN);

    assertThat(compose.html(text))
        .contains("<bdi>Hello &lt;b onload=&#39;x&#39;&gt;&quot;&amp;,</bdi>");
  }

  private String plain(MessageKind kind, Visit visit) {
    EmailText text = compose.emailText(kind, visit, "Avery", EN);
    return compose.plain(text);
  }
}
