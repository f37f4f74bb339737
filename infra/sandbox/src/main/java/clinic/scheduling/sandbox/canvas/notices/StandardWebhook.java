package clinic.scheduling.sandbox.canvas.notices;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The three headers of a signed notice, by the <a
 * href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">
 * Standard Webhooks specification</a>.
 */
final class StandardWebhook {
  private static final String PREFIX = "whsec_";

  private StandardWebhook() {}

  /**
   * The headers.
   *
   * @param at the time that the signature says
   * @param secret {@code whsec_} and base64
   */
  static Map<String, String> headers(String id, Instant at, byte[] body, String secret) {
    String timestamp = Long.toString(at.getEpochSecond());
    return Map.of(
        "webhook-id", id,
        "webhook-timestamp", timestamp,
        "webhook-signature", "v1," + sign(id + "." + timestamp + ".", body, key(secret)));
  }

  /** Rejects a secret that cannot be used. */
  static void checkSecret(String secret) {
    if (!secret.isEmpty() && (!secret.startsWith(PREFIX) || key(secret).length == 0)) {
      throw new IllegalArgumentException("secret must be whsec_ followed by base64");
    }
  }

  private static byte[] key(String secret) {
    return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
  }

  private static String sign(String head, byte[] body, byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every Java platform", e);
    }
  }
}
