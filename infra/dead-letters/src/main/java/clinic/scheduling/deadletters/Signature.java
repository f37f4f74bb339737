package clinic.scheduling.deadletters;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 in the {@code Authorization} header (IAM User Guide, "Create a signed AWS
 * API request").
 *
 * @param service the name in the scope, {@code sqs}
 */
record Signature(String keyId, String secret, String region, String service) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * The value of {@code Authorization}.
   *
   * @param query already in canonical form
   * @param headers all that are signed, {@code host} and {@code x-amz-date} among them
   */
  String of(String method, String query, Map<String, String> headers, byte[] body, Instant now) {
    Map<String, String> sorted = new TreeMap<>(headers);
    String names = String.join(";", sorted.keySet());
    String lines =
        sorted.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
            .collect(Collectors.joining());
    String request = String.join("\n", method, "/", query, lines, names, hex(sha256(body)));
    String time = TIME.format(now);
    String day = time.substring(0, 8);
    String scope = String.join("/", day, region, service, "aws4_request");
    String toSign =
        String.join(
            "\n", ALGORITHM, time, scope, hex(sha256(request.getBytes(StandardCharsets.UTF_8))));
    byte[] key =
        hmac(
            hmac(
                hmac(hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), day), region),
                service),
            "aws4_request");
    return "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(ALGORITHM, keyId, scope, names, hex(hmac(key, toSign)));
  }

  @Override
  public String toString() {
    return "[secret]";
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is missing from this JDK", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is missing from this JDK", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
