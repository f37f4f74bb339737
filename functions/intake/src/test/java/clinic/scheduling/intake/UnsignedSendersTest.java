package clinic.scheduling.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.sandbox.canvas.CanvasExamples;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The Workflow Kit cannot sign its notices. A bearer token is accepted instead, if the practice
 * allows that.
 */
@QuarkusTest
class UnsignedSendersTest extends NoticeCase {
  private static final String SEED = CanvasExamples.number(44).bodyText();

  @Test
  void eitherOfTwoConfiguredTokensWillDo() {
    for (String token : List.of(Keys.NEW_TOKEN, Keys.OLD_TOKEN)) {
      assertThat(receive(unsigned(token), SEED).getStatusCode()).isEqualTo(202);
    }

    assertThat(queue.sent())
        .extracting(ChangeNotice::appointment)
        .containsExactly(APPOINTMENT, APPOINTMENT);
  }

  @Test
  void anyOtherTokenIsRefused() {
    for (String token :
        List.of("", "x", Keys.NEW_TOKEN + "x", Keys.NEW_TOKEN.substring(1), "synthetic")) {
      refused(401, unsigned(token), SEED);
    }
    refused(401, Events.of("POST", "/webhooks/canvas").json(SEED), SEED);
    refused(
        401,
        Events.of("POST", "/webhooks/canvas")
            .header("authorization", "Basic " + Keys.NEW_TOKEN)
            .json(SEED),
        SEED);
  }

  @Test
  void aTokenDoesNotMakeUpForABadSignature() {
    Notice good = signed(SEED);
    String bearer = "Bearer " + Keys.NEW_TOKEN;

    refused(401, good.withSignature("v1,x").event().header("authorization", bearer), SEED);
    refused(401, unsigned(Keys.NEW_TOKEN).header("webhook-timestamp", good.timestamp()), SEED);
    refused(401, unsigned(Keys.NEW_TOKEN).header("webhook-signature", ""), SEED);
  }

  @Test
  void aSenderThatNamesNothingHasNoRepeats() {
    assertThat(receive(unsigned(Keys.NEW_TOKEN), SEED).getStatusCode()).isEqualTo(202);
    assertThat(receive(unsigned(Keys.NEW_TOKEN), SEED).getStatusCode()).isEqualTo(202);

    assertThat(queue.sent()).hasSize(2);
  }

  @Test
  void aNamedNoticeIsQueuedOnceAndNeverTakenForASignedOne() {
    Events named = unsigned(Keys.NEW_TOKEN).header("webhook-id", "msg_1");
    receive(named, SEED);
    receive(named, SEED);

    accepted(signed("msg_1", SEED));

    assertThat(queue.sent())
        .extracting(ChangeNotice::noticeId)
        .containsExactly("unsigned-msg_1", "msg_1");
  }

  @Test
  void noTokenIsEverInTheLog() {
    receive(unsigned(Keys.NEW_TOKEN), SEED);
    refused401(unsigned("some-other-token-of-32-characters"));

    assertThat(log.text())
        .contains("status=202", "status=401", "why=token")
        .doesNotContain(Keys.NEW_TOKEN, "some-other-token");
  }

  @Test
  void withoutATokenConfiguredOrAPracticeThatAllowsItNobodyGetsIn() {
    Optional<String> tokens = Optional.of(Keys.NEW_TOKEN);

    assertThat(new BearerTokens(tokens, () -> true).isAccepted(Keys.NEW_TOKEN)).isTrue();
    assertThat(new BearerTokens(tokens, () -> false).isAccepted(Keys.NEW_TOKEN)).isFalse();
    for (Optional<String> none : List.of(Optional.<String>empty(), Optional.of(" "))) {
      for (String token : List.of("", Keys.NEW_TOKEN)) {
        assertThat(new BearerTokens(none, () -> true).isAccepted(token)).isFalse();
      }
    }
  }

  @Test
  void aTokenThatCanBeGuessedStopsTheStartWithoutBeingShown() {
    for (String bad : List.of("hunter2", Keys.NEW_TOKEN + ",", "hunter2 ".repeat(5), ",")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new BearerTokens(Optional.of(bad), () -> true))
          .withMessageStartingWith("WEBHOOK_BEARER_TOKENS")
          .withMessageNotContaining("hunter2");
    }
  }

  private void refused401(Events events) {
    assertThat(receive(events, SEED).getStatusCode()).isEqualTo(401);
  }

  private static Events unsigned(String token) {
    return Events.of("POST", "/webhooks/canvas")
        .header("authorization", "Bearer " + token)
        .json(SEED);
  }
}
