package clinic.scheduling.core;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Digests for names and fingerprints. The same parts always give the same digest, and the digest
 * does not show the parts.
 */
public final class Digest {
  private Digest() {}

  /**
   * A digest of parts that are not about a patient: 32 lower-case hexadecimal characters. The
   * length of each part is included, so that {@code ("a", "bc")} and {@code ("ab", "c")} have
   * different digests.
   */
  public static String of(String... parts) {
    return shortHex(sha256(joined(parts)));
  }

  /** The SHA-256 of a text in UTF-8: 32 bytes. */
  public static byte[] sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is missing from this JDK", e);
    }
  }

  /**
   * A digest with a key, for parts about a patient. Without the key, nobody can check a guess of
   * the parts.
   */
  public static String keyed(byte[] key, String... parts) {
    return shortHex(hmac(key, joined(parts)));
  }

  /** The HMAC-SHA256 of a message: 32 bytes. */
  public static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is missing from this JDK", e);
    }
  }

  private static byte[] joined(String... parts) {
    StringBuilder all = new StringBuilder();
    for (String part : parts) {
      all.append(part.length()).append(':').append(part);
    }
    return all.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String shortHex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes, 0, 16);
  }
}
