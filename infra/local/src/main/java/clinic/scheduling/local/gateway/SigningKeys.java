package clinic.scheduling.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The RSA keys of an issuer, from the address in its discovery document. They are read on first
 * use, and again for an unknown key, at most every ten seconds.
 */
final class SigningKeys {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final String issuer;
  private final Clock clock;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private Map<String, PublicKey> known = Map.of();
  private Instant next = Instant.MIN;

  SigningKeys(String issuer, Clock clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  /** Finds a key; empty if the issuer does not have it or does not answer. */
  synchronized Optional<PublicKey> find(String id) {
    if (!known.containsKey(id) && clock.instant().isAfter(next)) {
      next = clock.instant().plus(PAUSE);
      try {
        known = read();
      } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
        return Optional.empty();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return Optional.ofNullable(known.get(id));
  }

  private Map<String, PublicKey> read()
      throws IOException, InterruptedException, GeneralSecurityException {
    JsonNode discovery = get(issuer.replaceAll("/$", "") + "/.well-known/openid-configuration");
    Map<String, PublicKey> keys = new HashMap<>();
    for (JsonNode key : get(discovery.path("jwks_uri").asText()).path("keys")) {
      if (key.path("kty").asText().equals("RSA")) {
        keys.put(
            key.path("kid").asText(),
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e"))));
      }
    }
    return Map.copyOf(keys);
  }

  private JsonNode get(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
  }

  private static BigInteger number(JsonNode key, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asText()));
  }
}
