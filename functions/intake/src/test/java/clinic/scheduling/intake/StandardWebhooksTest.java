package clinic.scheduling.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import clinic.scheduling.core.MovableClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StandardWebhooksTest {
  private static final String BODY = "{\"a\":1}";
  private final MovableClock clock = MovableClock.at("2027-03-16T12:00:00Z");

  @ParameterizedTest
  @MethodSource("vectors")
  void everyVectorIsJudgedAsItsAuthorsSay(JsonNode vector) {
    Instant sent = Instant.ofEpochSecond(vector.path("timestamp").asLong());
    Signature signature = new Signature(vector.path("secret").asText(), new MovableClock(sent));

    assertThat(
            signature.isGenuine(
                vector.path("id").asText(),
                vector.path("timestamp").asText(),
                vector.path("signature").asText(),
                vector.path("body").asText().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(vector.path("valid").asBoolean());
  }

  static Stream<JsonNode> vectors() throws IOException {
    try (InputStream file =
        StandardWebhooksTest.class.getResourceAsStream("/standard-webhooks.vectors.json")) {
      JsonNode cases = new ObjectMapper().readTree(file).path("cases");
      assertThat(cases).hasSize(10);
      return cases.valueStream();
    }
  }

  @Test
  void aNoticeMayBeFiveMinutesOffEitherWayAndNotASecondMore() {
    Notice notice = Notice.signed("msg_1", clock.instant(), BODY, Keys.NEW);
    Instant sent = clock.instant();

    for (long seconds : new long[] {-300, -299, 0, 299, 300}) {
      clock.set(sent.plusSeconds(seconds));
      assertThat(isGenuine(notice)).as(seconds + " s").isTrue();
    }
    for (long seconds : new long[] {-301, 301, 86_400}) {
      clock.set(sent.plusSeconds(seconds));
      assertThat(isGenuine(notice)).as(seconds + " s").isFalse();
    }
    clock.set(sent.plusSeconds(300).plusMillis(1));
    assertThat(isGenuine(notice)).isFalse();
  }

  @Test
  void duringRotationEitherSecretWillDoAndAfterwardsOnlyTheNewOne() {
    Signature during = new Signature(Keys.NEW + ", " + Keys.OLD, clock);
    Signature after = new Signature(Keys.NEW, clock);
    Notice old = Notice.signed("msg_1", clock.instant(), BODY, Keys.OLD);
    Notice fresh = Notice.signed("msg_1", clock.instant(), BODY, Keys.NEW);

    assertThat(isGenuine(during, old)).isTrue();
    assertThat(isGenuine(during, fresh)).isTrue();
    assertThat(isGenuine(after, old)).isFalse();
    assertThat(isGenuine(after, fresh)).isTrue();
  }

  @Test
  void whateverElseStandsInTheHeadersIsRefusedAndNeverFails() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("StandardWebhooksTest seed " + seed);
    Random random = new Random(seed);
    Notice good = Notice.signed("msg_1", clock.instant(), BODY, Keys.NEW);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      String raw = new String(bytes, StandardCharsets.ISO_8859_1);
      String encoded = Base64.getEncoder().encodeToString(bytes);
      for (String other : List.of(raw, "v1," + raw, "v1," + encoded, "v1,", "v1a," + encoded)) {
        assertThat(isGenuine(good.withSignature(other))).as("seed " + seed).isFalse();
        assertThat(isGenuine(new Notice(other, good.timestamp(), good.signature(), BODY)))
            .as("seed " + seed)
            .isFalse();
        assertThat(isGenuine(new Notice(good.id(), other, good.signature(), BODY)))
            .as("seed " + seed)
            .isFalse();
      }
    }
  }

  @Test
  void aTimestampHasOneForm() {
    Notice good = Notice.signed("msg_1", clock.instant(), BODY, Keys.NEW);

    for (String other :
        List.of("", "+" + good.timestamp(), good.timestamp() + ".0", "9".repeat(13))) {
      assertThat(isGenuine(new Notice("msg_1", other, good.signature(), BODY))).isFalse();
    }
  }

  @Test
  void anIdCannotReachIntoTheTimestamp() {
    Notice good = Notice.signed("msg_1", clock.instant(), BODY, Keys.NEW);
    Notice dotted = Notice.signed("msg.1", clock.instant(), BODY, Keys.NEW);

    assertThat(isGenuine(good)).isTrue();
    assertThat(isGenuine(dotted)).isFalse();
  }

  @Test
  void manySignaturesAreReadUpToALimit() {
    Notice good = Notice.signed("msg_1", clock.instant(), BODY, Keys.NEW);
    String wrong = "v1," + Base64.getEncoder().encodeToString(new byte[32]) + " ";

    assertThat(isGenuine(good.withSignature(wrong.repeat(20) + good.signature()))).isTrue();
    assertThat(isGenuine(good.withSignature(wrong.repeat(200) + good.signature()))).isFalse();
  }

  @Test
  void aSecretThatCannotBeOneStopsTheStartWithoutBeingShown() {
    for (String bad :
        List.of("", "whsec_", "whsec_!!!", "whsec_c2hvcnQ=", Keys.NEW + ",", "hunter2")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Signature(bad, clock))
          .withMessageStartingWith("WEBHOOK_SECRETS")
          .withMessageNotContaining("hunter2")
          .withMessageNotContaining("c2hvcnQ");
    }
  }

  @Test
  void aReplayedNoticeIsRefusedOnceItIsStale() {
    Notice notice = Notice.signed("msg_1", clock.instant(), BODY, Keys.NEW);

    clock.move(Duration.ofMinutes(6));

    assertThat(isGenuine(notice)).isFalse();
  }

  private boolean isGenuine(Notice notice) {
    return isGenuine(new Signature(Keys.NEW, clock), notice);
  }

  private static boolean isGenuine(Signature signature, Notice notice) {
    return signature.isGenuine(
        notice.id(),
        notice.timestamp(),
        notice.signature(),
        notice.body().getBytes(StandardCharsets.UTF_8));
  }
}
