package clinic.scheduling.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedTokensTest extends TokenCase {
  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.%+/";
  private static final Map<String, String> CLAIMS =
      Map.of("a", "1a4f6c2e", "odd & = % . é", "", "quote", "\"\n\\");

  @Test
  void claimsComeBackAsTheyWereSigned() {
    String token = tokens.sign("slot", CLAIMS, inAnHour());

    assertThat(tokens.verify("slot", token)).isEqualTo(new Verdict.Valid<>(CLAIMS));
    assertThat(token).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");
  }

  @Test
  void aTokenIsGoodUntilTheSecondItEnds() {
    String token = tokens.sign("slot", CLAIMS, inAnHour());

    clock.move(Duration.ofMinutes(60).minusSeconds(1));
    assertThat(tokens.verify("slot", token)).isInstanceOf(Verdict.Valid.class);
    clock.move(Duration.ofSeconds(1));
    assertThat(tokens.verify("slot", token)).isEqualTo(new Verdict.Expired<>(CLAIMS));
  }

  @Test
  void aTokenForOnePurposeOpensNoOther() {
    String token = tokens.sign("invite", CLAIMS, inAnHour());

    for (String other : List.of("manage", "invit", "invite.", "Invite", "")) {
      assertThat(tokens.verify(other, token)).isEqualTo(new Verdict.Forged<>());
    }
  }

  @Test
  void everySingleChangedCharacterIsForgery() {
    String token = tokens.sign("slot", Map.of("a", "1"), inAnHour());

    for (int i = 0; i < token.length(); i++) {
      for (char other : CHARACTERS.toCharArray()) {
        String changed = token.substring(0, i) + other + token.substring(i + 1);
        if (!changed.equals(token)) {
          assertThat(tokens.verify("slot", changed)).as(changed).isEqualTo(new Verdict.Forged<>());
        }
      }
    }
    assertThat(tokens.verify("slot", token + "=")).isEqualTo(new Verdict.Forged<>());
  }

  @Test
  void partsOfTwoGenuineTokensDoNotMakeAThird() {
    String one = tokens.sign("slot", Map.of("a", "1"), inAnHour());
    String two = tokens.sign("slot", Map.of("a", "2"), inAnHour());

    String mixed = one.substring(0, one.indexOf('.')) + two.substring(two.indexOf('.'));

    assertThat(tokens.verify("slot", mixed)).isEqualTo(new Verdict.Forged<>());
  }

  @Test
  void whileSecretsRotateOldTokensStillOpenAndNewOnesAreSignedWithTheNewest() {
    SignedTokens before = SignedTokens.of(OLD, clock);
    SignedTokens during = SignedTokens.of(NEW + " , " + OLD, clock);
    String old = before.sign("slot", CLAIMS, inAnHour());
    String fresh = during.sign("slot", CLAIMS, inAnHour());

    assertThat(during.verify("slot", old)).isInstanceOf(Verdict.Valid.class);
    assertThat(tokens.verify("slot", fresh)).isInstanceOf(Verdict.Valid.class);
    assertThat(tokens.verify("slot", old)).isEqualTo(new Verdict.Forged<>());
    assertThat(during.digestKey("patient")).isEqualTo(before.digestKey("patient"));
  }

  @Test
  void aRetiredSecretThatIsKeptForDigestsOpensNothingAndKeepsThemAsTheyWere() {
    SignedTokens before = SignedTokens.of(OLD, clock);
    SignedTokens retired = SignedTokens.of(NEW + ",digest:" + OLD, clock);
    String old = before.sign("slot", CLAIMS, inAnHour());
    String fresh = tokens.sign("slot", CLAIMS, inAnHour());

    assertThat(retired.verify("slot", old)).isEqualTo(new Verdict.Forged<>());
    assertThat(retired.verify("slot", fresh)).isEqualTo(new Verdict.Valid<>(CLAIMS));
    assertThat(retired.digestKey("limits")).isEqualTo(before.digestKey("limits"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignedTokens.of("digest:" + OLD, clock))
        .withMessageStartingWith("MANAGE_TOKEN_SECRETS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "a", "a.", ".a", "a.b.c", "????.????", "YQ.YQ", "YQ==.YQ==", "\0"})
  void whatIsNotATokenIsForgery(String text) {
    assertThat(tokens.verify("slot", text)).isEqualTo(new Verdict.Forged<>());
  }

  @Test
  void aTokenThatIsFarTooLongIsForgery() {
    String token = tokens.sign("slot", Map.of("a", "x".repeat(5_000)), inAnHour());

    assertThat(tokens.verify("slot", token)).isEqualTo(new Verdict.Forged<>());
  }

  @Test
  void randomBytesAreForgery() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("SignedTokensTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(120)];
      random.nextBytes(bytes);
      String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      String raw = new String(bytes, StandardCharsets.ISO_8859_1);
      for (String text : List.of(raw, encoded, encoded + "." + encoded, raw + "." + encoded)) {
        assertThat(tokens.verify("slot", text))
            .as("seed " + seed)
            .isEqualTo(new Verdict.Forged<>());
      }
    }
  }

  @Test
  void aWeakOrUnreadableSecretIsRefusedWithoutShowingIt() {
    String shortOne =
        Base64.getEncoder().encodeToString("only16byteslong!".getBytes(StandardCharsets.UTF_8));

    for (String bad : List.of("", shortOne, "not base64 at all", NEW + ",", NEW + "," + shortOne)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SignedTokens.of(bad, clock))
          .withMessageStartingWith("MANAGE_TOKEN_SECRETS")
          .satisfies(
              e ->
                  assertThat(Arrays.asList(bad.split(",", -1)))
                      .filteredOn(part -> !part.isEmpty())
                      .noneMatch(part -> String.valueOf(e.getMessage()).contains(part)));
    }
  }

  @Test
  void sixDigitsAreSixDigitsOfTheirPurposeAndSubject() {
    String digits = tokens.sixDigits("verification", "one#1");

    assertThat(digits).matches("[0-9]{6}");
    assertThat(tokens.isSixDigits("verification", "one#1", digits)).isTrue();
    assertThat(tokens.isSixDigits("verification", "one#2", digits)).isFalse();
    assertThat(tokens.isSixDigits("other", "one#1", digits)).isFalse();
    assertThat(tokens.isSixDigits("verification", "one#1", digits + "0")).isFalse();
    assertThat(tokens.isSixDigits("verification", "one#1", "")).isFalse();
  }

  /** Chi-square with 9 degrees of freedom: beyond 40, chance is out of the question. */
  @Test
  void everyDigitIsEquallyLikelyInEveryPlace() {
    int[][] seen = new int[6][10];
    int samples = 20_000;
    for (int i = 0; i < samples; i++) {
      String digits = tokens.sixDigits("verification", "subject-" + i);
      for (int place = 0; place < 6; place++) {
        seen[place][digits.charAt(place) - '0']++;
      }
    }

    for (int[] place : seen) {
      double expected = samples / 10.0;
      double chiSquare =
          Arrays.stream(place).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
      assertThat(chiSquare).isLessThan(40);
    }
  }

  @Test
  void sixDigitsOfAnOlderSecretAreRightUntilItIsNoLongerListed() {
    String digits = SignedTokens.of(OLD, clock).sixDigits("verification", "one#1");

    SignedTokens rotated = SignedTokens.of(NEW + "," + OLD, clock);
    assertThat(rotated.isSixDigits("verification", "one#1", digits)).isTrue();
    assertThat(rotated.sixDigits("verification", "one#1"))
        .isEqualTo(tokens.sixDigits("verification", "one#1"));
    assertThat(tokens.isSixDigits("verification", "one#1", digits)).isFalse();
  }
}
