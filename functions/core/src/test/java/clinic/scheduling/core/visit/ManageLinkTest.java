package clinic.scheduling.core.visit;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.token.ManageToken;
import clinic.scheduling.core.token.SignedTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManageLinkTest {
  private static final Instant END = Instant.parse("2026-02-03T23:00:00Z");
  private final MovableClock clock = MovableClock.at("2026-01-20T10:00:00Z");
  private final ManageToken tokens =
      new ManageToken(SignedTokens.of(Base64.getEncoder().encodeToString(new byte[32]), clock));
  private final LinkGenerations generations = new LinkGenerations(new MemoryRows(clock), clock);
  private final ManageLink links =
      new ManageLink(
          "https://site.example.invalid/", "https://h.example.invalid/", tokens, generations, 1);

  @Test
  void theLinkIsGoodUntilADayAfterTheVisitAsItIsNow() {
    String url = links.url("appt-1", END);

    assertThat(url).startsWith("https://site.example.invalid/#/manage/appt-1?token=");
    assertThat(links.managed(tokenOf(url))).contains("appt-1");
    assertThat(links.hasExpired(END, END.plusSeconds(86_399))).isFalse();
    assertThat(links.hasExpired(END, END.plusSeconds(86_400))).isTrue();
  }

  @Test
  void theTokenOutlivesTheFirstDateSoThatAMoveKeepsIt() {
    String url = links.url("appt-1", END);

    clock.set(END.plus(Duration.ofDays(300)));
    assertThat(links.managed(tokenOf(url))).contains("appt-1");
    clock.set(END.plus(Duration.ofDays(367)));
    assertThat(links.managed(tokenOf(url))).isEmpty();
  }

  @Test
  void theInviteLinkFetchesTheInviteAndManagesNothing() {
    String url = links.to("appt-1", END).invite();

    assertThat(url).startsWith("https://h.example.invalid/appointments/appt-1/invite.ics?token=");
    assertThat(links.invited(tokenOf(url))).contains("appt-1");
    assertThat(links.managed(tokenOf(url))).isEmpty();
  }

  @Test
  void whatWasMadeBeforeARevocationOpensNothingAndWhatIsMadeAfterItDoes() {
    ManageLink.Links before = links.to("appt-1", END);
    ManageLink.Links others = links.to("appt-2", END);

    assertThat(generations.revoke("appt-1")).isEqualTo(1);
    ManageLink.Links between = links.to("appt-1", END);
    assertThat(links.managed(between.token())).contains("appt-1");
    assertThat(generations.revoke("appt-1")).isEqualTo(2);
    ManageLink.Links after = links.to("appt-1", END);

    for (ManageLink.Links old : List.of(before, between)) {
      assertThat(links.managed(old.token())).isEmpty();
      assertThat(links.managed(tokenOf(old.page()))).isEmpty();
      assertThat(links.invited(tokenOf(old.invite()))).isEmpty();
    }
    assertThat(links.managed(after.token())).contains("appt-1");
    assertThat(links.managed(tokenOf(after.page()))).contains("appt-1");
    assertThat(links.invited(tokenOf(after.invite()))).contains("appt-1");
    assertThat(links.managed(others.token())).contains("appt-2");
  }

  /**
   * Tokens of earlier versions have no generation. They can be revoked, too, and the row that says
   * so is kept longer than any of them is valid.
   */
  @Test
  void aTokenOfOldIsGoodUntilItIsRevokedAndNeverAgain() {
    Instant far = END.plus(Duration.ofDays(3_000));
    String old = tokens.forManaging("appt-1", 0, far);

    assertThat(links.managed(old)).contains("appt-1");
    generations.revoke("appt-1");
    clock.set(far.minusSeconds(1));
    assertThat(links.managed(old)).isEmpty();
  }

  private static String tokenOf(String url) {
    return url.substring(url.indexOf("?token=") + "?token=".length());
  }
}
