package clinic.scheduling.intake;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.wiring.SecretReferences;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Verifies a signature of Standard Webhooks 1.0.0, scheme {@code v1}: HMAC-SHA256 over {@code
 * id.timestamp.body} ({@code docs/facts/aws.md} 8). The request may carry several signatures. It is
 * genuine if one of them matches one of our secrets. Every pair is compared in constant time, so
 * the time taken tells an attacker nothing.
 */
@Singleton
class Signature {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Pattern ID = Pattern.compile("[^.\\s]{1,256}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final int MAX_SIGNATURE_HEADER_LENGTH = 4_096;
  private static final String PREFIX = "whsec_";
  private static final String SCHEME = "v1,";

  private final List<byte[]> keys;
  private final Clock clock;

  @Inject
  Signature(IntakeSettings settings, SecretReferences references, Clock clock) {
    this(references.resolve(settings.webhookSecrets()), clock);
  }

  Signature(String secrets, Clock clock) {
    this.keys =
        Arrays.stream(secrets.split(",", -1)).map(String::strip).map(Signature::key).toList();
    this.clock = clock;
  }

  /**
   * Whether the text is a valid notice id. It must not contain a dot, because a dot separates the
   * id from the time stamp in the signed text.
   */
  static boolean isValidId(String id) {
    return ID.matcher(id).matches();
  }

  boolean isGenuine(String id, String timestamp, String signatures, byte[] body) {
    if (!isValidId(id)
        || signatures.length() > MAX_SIGNATURE_HEADER_LENGTH
        || !isFresh(timestamp)) {
      return false;
    }
    byte[] signed = signedContent(id, timestamp, body);
    boolean genuine = false;
    for (byte[] key : keys) {
      byte[] expected = Digest.hmac(key, signed);
      for (String signature : signatures.split(" ", -1)) {
        genuine |= MessageDigest.isEqual(expected, decoded(signature));
      }
    }
    return genuine;
  }

  /** Whether the text is a time in seconds that differs from ours by five minutes at most. */
  boolean isFresh(String timestamp) {
    if (!SECONDS.matcher(timestamp).matches()) {
      return false;
    }
    Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(sent, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
  }

  private static byte[] signedContent(String id, String timestamp, byte[] body) {
    byte[] prefix = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(prefix, prefix.length + body.length);
    System.arraycopy(body, 0, all, prefix.length, body.length);
    return all;
  }

  private static byte[] decoded(String signature) {
    try {
      return signature.startsWith(SCHEME)
          ? Base64.getDecoder().decode(signature.substring(SCHEME.length()))
          : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] key(String secret) {
    String encoded = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
    byte[] key;
    try {
      key = Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("WEBHOOK_SECRETS: a secret is not whsec_ and base64", e);
    }
    if (key.length < 24 || key.length > 64) {
      throw new IllegalArgumentException("WEBHOOK_SECRETS: a secret is not 24 to 64 bytes long");
    }
    return key;
  }
}
