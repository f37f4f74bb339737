package clinic.scheduling.system;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs notices by Standard Webhooks 1.0.0. It does not use the code under test, so that a fault
 * there shows.
 */
record Signer(String secret) {
  private static final int BYTES = 32;

  static Signer random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Signer("whsec_" + Base64.getEncoder().encodeToString(bytes));
  }

  Map<String, String> headers(String id, Instant at, String body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signed = id + "." + at.getEpochSecond() + "." + body;
    byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    return Map.of(
        "webhook-id",
        id,
        "webhook-timestamp",
        String.valueOf(at.getEpochSecond()),
        "webhook-signature",
        "v1," + Base64.getEncoder().encodeToString(signature));
  }
}
