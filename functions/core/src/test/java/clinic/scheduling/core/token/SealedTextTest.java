package clinic.scheduling.core.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A sealed text tells nothing, and opens in its own place only. */
class SealedTextTest extends TokenCase {
  private static final String TEXT = "Canary Höchst, +15555550145";
  private final SealedText seal = tokens.sealing("verification");

  @Test
  void aSealedTextOpensInItsPlaceAndShowsNothing() {
    String sealed = seal.seal(TEXT, "row-1");

    assertThat(seal.open(sealed, "row-1")).contains(TEXT);
    assertThat(sealed).matches("[A-Za-z0-9_-]+");
    assertThat(new String(Base64.getUrlDecoder().decode(sealed), StandardCharsets.ISO_8859_1))
        .doesNotContain("Canary");
  }

  @Test
  void theSameTextIsSealedInAnotherWayEachTime() {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      all.add(seal.seal(TEXT, "row-1").substring(0, 16));
    }

    assertThat(all).hasSize(200);
  }

  @Test
  void inAnotherPlaceItDoesNotOpen() {
    String sealed = seal.seal(TEXT, "row-1");

    assertThat(seal.open(sealed, "row-2")).isEmpty();
    assertThat(seal.open(sealed, "")).isEmpty();
    assertThat(tokens.sealing("site").open(sealed, "row-1")).isEmpty();
  }

  @Test
  void everyChangedBitIsNoticed() {
    byte[] sealed = Base64.getUrlDecoder().decode(seal.seal(TEXT, "row-1"));
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertThat(seal.open(text, "row-1")).as("bit %d", bit).isEmpty();
    }
  }

  @Test
  void whatIsNoSealedTextDoesNotOpen() {
    for (String text : new String[] {"", "a", "%%%", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
      assertThat(seal.open(text, "row-1")).as(text).isEmpty();
    }
  }

  @Test
  void anOlderSecretStillOpensUntilItIsNoLongerListed() {
    String sealed = SignedTokens.of(OLD, clock).sealing("verification").seal(TEXT, "row-1");

    SealedText rotated = SignedTokens.of(NEW + "," + OLD, clock).sealing("verification");
    assertThat(rotated.open(sealed, "row-1")).contains(TEXT);
    assertThat(seal.open(rotated.seal(TEXT, "row-1"), "row-1")).contains(TEXT);
    assertThat(seal.open(sealed, "row-1")).isEmpty();
    String forDigests = NEW + ",digest:" + OLD;
    assertThat(SignedTokens.of(forDigests, clock).sealing("verification").open(sealed, "row-1"))
        .isEmpty();
  }
}
