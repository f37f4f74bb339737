package clinic.scheduling.core.visit;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.token.ManageToken;
import clinic.scheduling.core.token.SignedTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ManageLinkTest {
  private static final Instant END = Instant.parse("2026-02-03T23:00:00Z");
  private final MovableClock clock = MovableClock.at("2026-01-20T10:00:00Z");
  private final ManageToken tokens =
      new ManageToken(SignedTokens.of(Base64.getEncoder().encodeToString(new byte[32]), clock));
  private final ManageLink links =
      new ManageLink("https://site.example.invalid/", "https://h.example.invalid/", tokens, 1);

  @Test
  void theLinkIsGoodUntilADayAfterTheVisitAsItIsNow() {
    String url = links.url("appt-1", END);

    assertThat(url).startsWith("https://site.example.invalid/#/manage/appt-1?token=");
    assertThat(tokens.managed(tokenOf(url))).contains("appt-1");
    assertThat(links.isOver(END, END.plusSeconds(86_399))).isFalse();
    assertThat(links.isOver(END, END.plusSeconds(86_400))).isTrue();
  }

  @Test
  void theTokenOutlivesTheFirstDateSoThatAMoveKeepsIt() {
    String url = links.url("appt-1", END);

    clock.set(END.plus(Duration.ofDays(300)));
    assertThat(tokens.managed(tokenOf(url))).contains("appt-1");
    clock.set(END.plus(Duration.ofDays(367)));
    assertThat(tokens.managed(tokenOf(url))).isEmpty();
  }

  @Test
  void theInviteLinkFetchesTheInviteAndManagesNothing() {
    String url = links.inviteUrl("appt-1", END);

    assertThat(url).startsWith("https://h.example.invalid/appointments/appt-1/invite.ics?token=");
    assertThat(tokens.invited(tokenOf(url))).contains("appt-1");
    assertThat(tokens.managed(tokenOf(url))).isEmpty();
  }

  private static String tokenOf(String url) {
    return url.substring(url.indexOf("?token=") + "?token=".length());
  }
}
