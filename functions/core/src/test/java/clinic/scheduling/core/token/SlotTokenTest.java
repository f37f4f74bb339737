package clinic.scheduling.core.token;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlotTokenTest extends TokenCase {
  private static final Instant START = Instant.parse("2027-03-17T16:00:00Z");
  private static final SlotToken SLOT =
      new SlotToken("Location.1-Staff.7d0c6f5b", "7d0c6f5b", "harbor", "office", START, 30);

  @Test
  void anOfferedSlotIsReadBackWhole() {
    String text = SLOT.signedBy(tokens, inAnHour());

    assertThat(SlotToken.read(text, tokens)).isEqualTo(new Verdict.Valid<>(SLOT));
    assertThat(SLOT.time()).isEqualTo(Interval.of(START, Duration.ofMinutes(30)));
  }

  @Test
  void anOldOfferStillSaysWhatItWasFor() {
    String text = SLOT.signedBy(tokens, inAnHour());

    clock.move(Duration.ofHours(2));

    assertThat(SlotToken.read(text, tokens)).isEqualTo(new Verdict.Expired<>(SLOT));
  }

  @Test
  void aTokenOfAnotherKindIsNoSlot() {
    String manage = new ManageToken(tokens).forManaging("1a4f6c2e", 0, inAnHour());
    String cursor = tokens.sign("cursor", Map.of("t", "1"), inAnHour());
    String elsewhere = SLOT.signedBy(SignedTokens.of(OLD, clock), inAnHour());

    assertThat(SlotToken.read(manage, tokens)).isEqualTo(new Verdict.Forged<>());
    assertThat(SlotToken.read(cursor, tokens)).isEqualTo(new Verdict.Forged<>());
    assertThat(SlotToken.read(elsewhere, tokens)).isEqualTo(new Verdict.Forged<>());
  }
}
