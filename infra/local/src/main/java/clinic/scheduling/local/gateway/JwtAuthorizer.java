package clinic.scheduling.local.gateway;

import clinic.scheduling.local.template.Deployment.Jwt;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The JWT authorizer of an HTTP API: it accepts a bearer token that is signed (RS256) with a key of
 * the issuer, has this issuer and audience, and is valid now. Source: API Gateway developer guide,
 * http-api-jwt-authorizer.
 */
final class JwtAuthorizer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Jwt wanted;
  private final SigningKeys keys;
  private final Clock clock;

  JwtAuthorizer(Jwt wanted, Clock clock) {
    this.wanted = wanted;
    this.keys = new SigningKeys(wanted.issuer(), clock);
    this.clock = clock;
  }

  /** API Gateway's response to a caller without a valid token. */
  static HttpAnswer refused() {
    byte[] body = "{\"message\":\"Unauthorized\"}".getBytes(StandardCharsets.UTF_8);
    return HttpAnswer.of(401, "application/json", body).with("www-authenticate", "Bearer");
  }

  /**
   * The claims of the caller's token as functions get them, as text; empty if the token is invalid.
   */
  Optional<ObjectNode> claims(Request request) {
    String header = request.header("authorization").orElse("");
    String[] parts = header.replaceFirst("^(?i)bearer ", "").strip().split("\\.", -1);
    try {
      return parts.length == 3 && isSigned(parts)
          ? Optional.of(json(parts[1])).filter(this::isGood).map(JwtAuthorizer::asText)
          : Optional.empty();
    } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private boolean isSigned(String[] parts) throws IOException, GeneralSecurityException {
    JsonNode head = json(parts[0]);
    Optional<PublicKey> key =
        Optional.of(head.path("alg").asText())
            .filter("RS256"::equals)
            .flatMap(alg -> keys.find(head.path("kid").asText()));
    if (key.isEmpty()) {
      return false;
    }
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(key.get());
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
  }

  private boolean isGood(JsonNode claims) {
    long now = clock.instant().getEpochSecond();
    return claims.path("iss").asText().equals(wanted.issuer())
        && isForUs(claims.has("aud") ? claims.path("aud") : claims.path("client_id"))
        && claims.path("exp").asLong(0) > now
        && claims.path("nbf").asLong(0) <= now
        && claims.path("iat").asLong(0) <= now;
  }

  private boolean isForUs(JsonNode audience) {
    return audience.isArray()
        ? audience.valueStream().anyMatch(this::isForUs)
        : wanted.audience().contains(audience.asText());
  }

  /** Converts claims to text. Lists become {@code [a b]}. */
  private static ObjectNode asText(JsonNode claims) {
    ObjectNode text = JSON.createObjectNode();
    claims.properties().forEach(claim -> text.put(claim.getKey(), text(claim.getValue())));
    return text;
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      return value
          .valueStream()
          .map(JwtAuthorizer::text)
          .collect(Collectors.joining(" ", "[", "]"));
    }
    return value.isObject() ? value.toString() : value.asText();
  }

  private static JsonNode json(String part) throws IOException {
    return JSON.readTree(Base64.getUrlDecoder().decode(part));
  }
}
