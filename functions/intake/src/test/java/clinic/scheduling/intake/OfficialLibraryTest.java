package clinic.scheduling.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.SystemClock;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our code and the library of the Standard Webhooks project verify each other's signatures. */
class OfficialLibraryTest {
  private static final Clock NOW = SystemClock.utc(); // the library can use no other clock

  @Test
  void whatTheLibrarySignsIsGenuineHereAndNothingElseIs() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("OfficialLibraryTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      String secret = secret(random);
      String id = "msg_" + Long.toHexString(random.nextLong());
      long seconds = 1_600_000_000L + random.nextInt(400_000_000);
      String body = body(random);
      Signature ours = new Signature(secret, new MovableClock(Instant.ofEpochSecond(seconds)));

      String signature = new Webhook(secret).sign(id, seconds, body);

      assertThat(genuine(ours, id, seconds, signature, body)).as("seed " + seed).isTrue();
      assertThat(genuine(ours, id, seconds, signature, body + " ")).as("seed " + seed).isFalse();
      assertThat(genuine(ours, id, seconds + 1, signature, body)).as("seed " + seed).isFalse();
      assertThat(genuine(ours, id + "x", seconds, signature, body)).as("seed " + seed).isFalse();
    }
  }

  @Test
  void whatTheTestsSignIsGenuineToTheLibrary() {
    Notice notice = Notice.signed("msg_1", NOW.instant(), "{\"name\":\"Zoë\"}", Keys.NEW);

    assertThatCode(() -> verify(notice, Keys.NEW)).doesNotThrowAnyException();
    assertThatThrownBy(() -> verify(notice, Keys.OLD))
        .isInstanceOf(WebhookVerificationException.class);
    assertThatThrownBy(() -> verify(notice.withBody("{}"), Keys.NEW))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void bothDrawTheLineAtFiveMinutes() {
    for (long seconds : new long[] {-310, -290, 290, 310}) {
      Notice notice = Notice.signed("msg_1", NOW.instant().plusSeconds(seconds), "{}", Keys.NEW);

      assertThat(genuine(new Signature(Keys.NEW, NOW), notice))
          .as(seconds + " s")
          .isEqualTo(isVerified(notice))
          .isEqualTo(Math.abs(seconds) < 300);
    }
  }

  private static boolean isVerified(Notice notice) {
    try {
      verify(notice, Keys.NEW);
      return true;
    } catch (WebhookVerificationException e) {
      return false;
    }
  }

  private static void verify(Notice notice, String secret) throws WebhookVerificationException {
    Map<String, List<String>> headers =
        Map.of(
            "webhook-id", List.of(notice.id()),
            "webhook-timestamp", List.of(notice.timestamp()),
            "webhook-signature", List.of(notice.signature()));
    new Webhook(secret).verify(notice.body(), HttpHeaders.of(headers, (name, value) -> true));
  }

  private static boolean genuine(Signature ours, Notice notice) {
    return genuine(
        ours, notice.id(), Long.parseLong(notice.timestamp()), notice.signature(), notice.body());
  }

  private static boolean genuine(
      Signature ours, String id, long seconds, String signature, String body) {
    return ours.isGenuine(
        id, Long.toString(seconds), signature, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String secret(Random random) {
    byte[] key = new byte[24 + random.nextInt(41)];
    random.nextBytes(key);
    return "whsec_" + Base64.getEncoder().encodeToString(key);
  }

  /** Text of any characters except lone surrogates, which no encoding can represent. */
  private static String body(Random random) {
    return random
        .ints(random.nextInt(200), 0, 0xD800)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
