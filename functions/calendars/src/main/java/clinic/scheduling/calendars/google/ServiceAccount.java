package clinic.scheduling.calendars.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A Google service account and its signature (RS256, RFC 7515).
 *
 * @param audience the token endpoint as Google names it in the key file
 */
record ServiceAccount(
    String email, String keyId, PrivateKey key, String audience, ObjectMapper mapper) {
  private static final String SCOPE = "https://www.googleapis.com/auth/calendar.events";
  private static final Duration LIFE = Duration.ofMinutes(10);

  /**
   * @param json the key file
   * @throws IllegalArgumentException if it cannot be used; it names the setting, never the value
   */
  static ServiceAccount read(String json, ObjectMapper mapper) {
    try {
      JsonNode file = mapper.readTree(json);
      return new ServiceAccount(
          text(file, "client_email"),
          text(file, "private_key_id"),
          key(text(file, "private_key")),
          text(file, "token_uri"),
          mapper);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("GOOGLE_SERVICE_ACCOUNT: not JSON");
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("GOOGLE_SERVICE_ACCOUNT: private_key is not an RSA key");
    }
  }

  /** A claim to speak for a user of the domain, good for ten minutes. */
  String assertion(String user, Instant now) {
    String header =
        mapper
            .createObjectNode()
            .put("alg", "RS256")
            .put("typ", "JWT")
            .put("kid", keyId)
            .toString();
    String claims =
        mapper
            .createObjectNode()
            .put("iss", email)
            .put("sub", user)
            .put("scope", SCOPE)
            .put("aud", audience)
            .put("iat", now.getEpochSecond())
            .put("exp", now.plus(LIFE).getEpochSecond())
            .toString();
    String signed =
        base64(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + base64(claims.getBytes(StandardCharsets.UTF_8));
    return signed + "." + base64(signature(signed));
  }

  @Override
  public String toString() {
    return "[secret]";
  }

  private byte[] signature(String text) {
    try {
      Signature rsa = Signature.getInstance("SHA256withRSA");
      rsa.initSign(key);
      rsa.update(text.getBytes(StandardCharsets.US_ASCII));
      return rsa.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA256withRSA is missing from this JDK", e);
    }
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    try {
      byte[] pkcs8 = Base64.getDecoder().decode(base64);
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("GOOGLE_SERVICE_ACCOUNT: private_key is not PEM");
    }
  }

  private static String text(JsonNode file, String name) {
    String text = file.path(name).asText("");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("GOOGLE_SERVICE_ACCOUNT: " + name + " is missing");
    }
    return text;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
