package clinic.scheduling.sandbox.signin;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Server;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A client that finds the keys through the discovery document can verify the tokens, even by strict
 * rules.
 */
class SignInSandboxTest {
  private Server server;
  private SignInSandbox issuer;

  @BeforeEach
  void start() throws Exception {
    server = Server.start(0);
    issuer = new SignInSandbox(Clock.systemUTC(), server.url());
    issuer.mount(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /**
   * RFC 7518 §6.3.1.1 and §2: as few bytes as the number needs, without an additional byte for the
   * sign.
   */
  @Test
  void theNumbersOfAKeyHaveNoByteTooMany() throws Exception {
    JsonNode key = key();

    assertThat(bytes(key, "n")).hasSize(256);
    assertThat(bytes(key, "e")).containsExactly(1, 0, 1);
  }

  @Test
  void theKeyChecksATokenThatWasHandedOut() throws Exception {
    String body = "{\"claims\":{\"sub\":\"p-1\"}}";
    Http control = Http.to(server.url());
    String token =
        control.json("POST", "/sign-in-control/tokens", body).json().path("token").asText();
    String[] parts = token.split("\\.");

    JsonNode key = key();
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(publicKey(key));
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));

    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    assertThat(read(parts[0]).path("kid")).isEqualTo(key.path("kid"));
    assertThat(read(parts[1]).path("sub").asText()).isEqualTo("p-1");
  }

  private JsonNode key() throws Exception {
    URI discovery = URI.create(issuer.issuer() + "/.well-known/openid-configuration");
    String keys = Http.to(discovery).get("").json().path("jwks_uri").asText();
    return Http.to(URI.create(keys)).get("").json().path("keys").path(0);
  }

  private static PublicKey publicKey(JsonNode key) throws Exception {
    BigInteger modulus = new BigInteger(1, bytes(key, "n"));
    BigInteger exponent = new BigInteger(1, bytes(key, "e"));
    return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
  }

  private static byte[] bytes(JsonNode key, String number) {
    return Base64.getUrlDecoder().decode(key.path(number).asText());
  }

  private static JsonNode read(String part) throws Exception {
    return Json.read(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
  }
}
