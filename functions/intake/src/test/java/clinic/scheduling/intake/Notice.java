package clinic.scheduling.intake;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.http.Events;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * A notice of a sender. Its id, timestamp and body are signed as in Standard Webhooks 1.0.0.
 *
 * @param signature the header {@code webhook-signature}
 */
record Notice(String id, String timestamp, String signature, String body) {
  private static final String PREFIX = "whsec_";

  static Notice signed(String id, Instant at, String body, String secret) {
    String timestamp = Long.toString(at.getEpochSecond());
    String signed = id + "." + timestamp + "." + body;
    byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    byte[] mac = Digest.hmac(key, signed.getBytes(StandardCharsets.UTF_8));
    return new Notice(id, timestamp, "v1," + Base64.getEncoder().encodeToString(mac), body);
  }

  Notice withBody(String other) {
    return new Notice(id, timestamp, signature, other);
  }

  Notice withSignature(String other) {
    return new Notice(id, timestamp, other, body);
  }

  Events event() {
    return Events.of("POST", "/webhooks/canvas")
        .header("webhook-id", id)
        .header("webhook-timestamp", timestamp)
        .header("webhook-signature", signature)
        .json(body);
  }
}
