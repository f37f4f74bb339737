package clinic.scheduling.core.token;

import clinic.scheduling.core.Digest;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Signs claims that we hand out, so that we notice any change when they come back. A token has the
 * form {@code base64url(claims).base64url(HMAC-SHA256)} (RFC 4648 section 5, RFC 2104). The purpose
 * is part of what is signed, so a token made for one purpose is refused for every other.
 *
 * <p>The newest secret signs; every listed secret verifies, so that secrets can be rotated. The
 * list may end with {@code digest:<secret>}. This secret neither signs nor verifies: it only keeps
 * digests the same after the secret with which they were made has been retired.
 */
public final class SignedTokens {
  private static final String EXPIRES = "exp";
  private static final int MAX_LENGTH = 2_048;
  private static final int MIN_KEY_BYTES = 32;
  private static final int CODE_LENGTH = 13;
  private static final String CODE_LETTERS =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final String FOR_DIGESTS = "digest:";
  private static final int SIX_DIGITS = 1_000_000;

  private final List<byte[]> keys;
  private final byte[] digestSecret;
  private final Clock clock;

  private SignedTokens(List<byte[]> keys, byte[] digestSecret, Clock clock) {
    this.keys = keys;
    this.digestSecret = digestSecret;
    this.clock = clock;
  }

  /**
   * @param secrets the secrets, separated by commas, the newest first; each is the base64 of at
   *     least 32 bytes, and the last one may be for digests only
   * @throws IllegalArgumentException if a secret is not valid; the message names the fault and
   *     never the secret
   */
  public static SignedTokens of(String secrets, Clock clock) {
    List<String> all = Arrays.stream(secrets.split(",", -1)).map(String::strip).toList();
    String last = all.get(all.size() - 1);
    boolean hasDigestSecret = all.size() > 1 && last.startsWith(FOR_DIGESTS);
    List<byte[]> keys =
        all.subList(0, hasDigestSecret ? all.size() - 1 : all.size()).stream()
            .map(SignedTokens::key)
            .toList();
    byte[] digestSecret = key(hasDigestSecret ? last.substring(FOR_DIGESTS.length()) : last);
    return new SignedTokens(keys, digestSecret, clock);
  }

  public String sign(String purpose, Map<String, String> claims, Instant expires) {
    Map<String, String> all = new TreeMap<>(claims);
    all.put(EXPIRES, Long.toString(expires.getEpochSecond()));
    String payload =
        all.entrySet().stream()
            .map(claim -> encode(claim.getKey()) + "=" + encode(claim.getValue()))
            .collect(Collectors.joining("&"));
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return base64(bytes) + "." + base64(mac(keys.get(0), purpose, bytes));
  }

  public Verdict<Map<String, String>> verify(String purpose, String token) {
    int dot = token.indexOf('.');
    if (dot < 0 || token.length() > MAX_LENGTH) {
      return new Verdict.Forged<>();
    }
    try {
      byte[] payload = Base64.getUrlDecoder().decode(token.substring(0, dot));
      byte[] mac = Base64.getUrlDecoder().decode(token.substring(dot + 1));
      if (!token.equals(base64(payload) + "." + base64(mac))) {
        return new Verdict.Forged<>(); // another base64 text for the same bytes
      }
      boolean genuine =
          keys.stream()
              .map(key -> MessageDigest.isEqual(mac(key, purpose, payload), mac))
              .reduce(false, Boolean::logicalOr);
      return genuine ? checkExpiry(claims(payload)) : new Verdict.Forged<>();
    } catch (IllegalArgumentException e) {
      return new Verdict.Forged<>();
    }
  }

  /**
   * A short code for a subject. Nobody else can make it: it consists of 76 bits of an HMAC with the
   * newest secret, written as 13 letters and digits that are hard to confuse. The code stays the
   * same until there is a newer secret.
   */
  public String code(String purpose, String subject) {
    return code(keys.get(0), purpose, subject);
  }

  /** Whether one of the listed secrets makes this code for the subject. */
  public boolean isCode(String purpose, String subject, String code) {
    byte[] given = code.getBytes(StandardCharsets.UTF_8);
    return keys.stream()
        .map(key -> code(key, purpose, subject).getBytes(StandardCharsets.UTF_8))
        .map(made -> MessageDigest.isEqual(made, given))
        .reduce(false, Boolean::logicalOr);
  }

  private static String code(byte[] key, String purpose, String subject) {
    byte[] mac = mac(key, "code." + purpose, subject.getBytes(StandardCharsets.UTF_8));
    BigInteger rest = new BigInteger(1, mac);
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < CODE_LENGTH; i++) {
      BigInteger[] divided = rest.divideAndRemainder(BigInteger.valueOf(CODE_LETTERS.length()));
      code.append(CODE_LETTERS.charAt(divided[1].intValue()));
      rest = divided[0];
    }
    return code.toString();
  }

  /**
   * Six digits for a subject, which nobody else can compute: an HMAC with the newest secret, cut
   * down as RFC 4226 section 5.3 does it. They stay the same until there is a newer secret.
   */
  public String sixDigits(String purpose, String subject) {
    return sixDigits(keys.get(0), purpose, subject);
  }

  /**
   * Whether one of the listed secrets makes these digits for the subject. The duration does not
   * tell how many of them are right.
   */
  public boolean isSixDigits(String purpose, String subject, String digits) {
    byte[] given = digits.getBytes(StandardCharsets.UTF_8);
    return keys.stream()
        .map(key -> sixDigits(key, purpose, subject).getBytes(StandardCharsets.UTF_8))
        .map(made -> MessageDigest.isEqual(made, given))
        .reduce(false, Boolean::logicalOr);
  }

  private static String sixDigits(byte[] key, String purpose, String subject) {
    byte[] mac = mac(key, "digits." + purpose, subject.getBytes(StandardCharsets.UTF_8));
    int offset = mac[mac.length - 1] & 0xf;
    int bits = ByteBuffer.wrap(mac, offset, Integer.BYTES).getInt() & Integer.MAX_VALUE;
    return String.format(Locale.ROOT, "%06d", bits % SIX_DIGITS);
  }

  /** Seals texts for one purpose, with keys that are derived from the secrets. */
  public SealedText sealing(String purpose) {
    return new SealedText(
        keys.stream().map(key -> mac(key, "seal." + purpose, new byte[0])).toList(),
        new SecureRandom());
  }

  /** A key for digests of patient data, derived from the last secret in the list. */
  public byte[] digestKey(String purpose) {
    return mac(digestSecret, "digest." + purpose, new byte[0]);
  }

  private Verdict<Map<String, String>> checkExpiry(Map<String, String> claims) {
    String seconds = claims.remove(EXPIRES);
    if (seconds == null) {
      return new Verdict.Forged<>();
    }
    Instant expires = Instant.ofEpochSecond(Long.parseLong(seconds));
    return clock.instant().isBefore(expires)
        ? new Verdict.Valid<>(Map.copyOf(claims))
        : new Verdict.Expired<>(Map.copyOf(claims));
  }

  private static Map<String, String> claims(byte[] payload) {
    Map<String, String> claims = new TreeMap<>();
    for (String pair : new String(payload, StandardCharsets.UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      claims.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
    }
    return claims;
  }

  private static byte[] mac(byte[] key, String purpose, byte[] payload) {
    byte[] prefix = (purpose + ".").getBytes(StandardCharsets.UTF_8);
    byte[] message = Arrays.copyOf(prefix, prefix.length + payload.length);
    System.arraycopy(payload, 0, message, prefix.length, payload.length);
    return Digest.hmac(key, message);
  }

  private static byte[] key(String secret) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(secret);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("MANAGE_TOKEN_SECRETS: a secret is not base64", e);
    }
    if (key.length < MIN_KEY_BYTES) {
      throw new IllegalArgumentException(
          "MANAGE_TOKEN_SECRETS: a secret is shorter than " + MIN_KEY_BYTES + " bytes");
    }
    return key;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
