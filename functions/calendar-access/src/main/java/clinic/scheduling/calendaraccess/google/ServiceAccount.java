package clinic.scheduling.calendaraccess.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.util.KeyUtils;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;

/**
 * A Google service account, which signs its assertions with RS256 (RFC 7515). With domain-wide
 * delegation it may act for the users of a domain; see <a
 * href="https://developers.google.com/identity/protocols/oauth2/service-account">Google's page on
 * service accounts</a>.
 *
 * @param audience the token endpoint as Google names it in the key file
 */
record ServiceAccount(String email, String keyId, PrivateKey key, String audience) {
  private static final String SCOPE = "https://www.googleapis.com/auth/calendar.events";
  private static final Duration ASSERTION_LIFETIME = Duration.ofMinutes(10);

  /**
   * @param json the key file
   * @throws IllegalArgumentException if the file cannot be used; the message names the setting and
   *     never its value
   */
  static ServiceAccount read(String json, ObjectMapper mapper) {
    try {
      JsonNode file = mapper.readTree(json);
      return new ServiceAccount(
          text(file, "client_email"),
          text(file, "private_key_id"),
          key(text(file, "private_key")),
          text(file, "token_uri"));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("GOOGLE_SERVICE_ACCOUNT: not JSON");
    }
  }

  /** The assertion (RFC 7523) by which the account acts for a user, valid for ten minutes. */
  String assertion(String user, Instant now) {
    return Jwt.issuer(email)
        .subject(user)
        .audience(audience)
        .claim("scope", SCOPE)
        .issuedAt(now)
        .expiresAt(now.plus(ASSERTION_LIFETIME))
        .jws()
        .keyId(keyId)
        .sign(key);
  }

  @Override
  public String toString() {
    return "[secret]";
  }

  private static PrivateKey key(String pem) {
    try {
      return KeyUtils.decodePrivateKey(pem);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "GOOGLE_SERVICE_ACCOUNT: private_key is not an RSA key in PEM");
    }
  }

  private static String text(JsonNode file, String name) {
    String text = file.path(name).asText("");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("GOOGLE_SERVICE_ACCOUNT: " + name + " is missing");
    }
    return text;
  }
}
