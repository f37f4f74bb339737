package clinic.scheduling.sandbox.signin;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import clinic.scheduling.sandbox.http.StandIn;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider, reduced to what a verifier of its tokens needs: the discovery document, the
 * keys, and tokens (JWT, RS256) that its control path issues to anybody. Sources: OpenID Connect
 * Discovery 1.0, RFC 7517, RFC 7518, RFC 7519.
 */
public final class SignInSandbox implements StandIn {
  /** The default audience of a token. */
  public static final String AUDIENCE = "external-scheduling";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int KEY_BITS = 2048;
  private static final long LIFE_SECONDS = 3600;

  private final Clock clock;
  private final String issuer;
  private final String keyId = UUID.randomUUID().toString();
  private @Nullable KeyPair keys;

  /**
   * Builds the provider.
   *
   * @param server the address of the server that {@link #mount} gets
   */
  public SignInSandbox(Clock clock, URI server) {
    this.clock = clock;
    this.issuer = server + "/sign-in";
  }

  /** The {@code iss} of its tokens; the discovery document is below it. */
  public String issuer() {
    return issuer;
  }

  @Override
  public void mount(Server server) {
    server.mount("/sign-in", this::answer);
    server.mount("/sign-in-control/tokens", this::control);
  }

  /**
   * Issues a token.
   *
   * @param claims further claims, or other values for issuer, audience and expiry in an hour
   */
  public String token(ObjectNode claims) {
    long now = clock.instant().getEpochSecond();
    ObjectNode all = JSON.createObjectNode().put("iss", issuer).put("aud", AUDIENCE);
    all.put("iat", now).put("exp", now + LIFE_SECONDS).setAll(claims);
    ObjectNode head = JSON.createObjectNode().put("alg", "RS256").put("typ", "JWT");
    String signed = part(head.put("kid", keyId)) + "." + part(all);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys().getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  private Reply answer(Call call) {
    return switch (call.path()) {
      case "/.well-known/openid-configuration" ->
          Reply.json(
              200,
              JSON.createObjectNode()
                  .put("issuer", issuer)
                  .put("jwks_uri", issuer + "/keys")
                  .toString());
      case "/keys" -> Reply.json(200, keySet().toString());
      default -> Reply.empty(404);
    };
  }

  /** {@code POST {"claims": {…}}} answers {@code {"token": "…"}}. */
  private Reply control(Call call) {
    try {
      JsonNode claims = JSON.readTree(call.body()).path("claims");
      ObjectNode wanted = claims.isObject() ? (ObjectNode) claims : JSON.createObjectNode();
      return Reply.json(200, JSON.createObjectNode().put("token", token(wanted)).toString());
    } catch (IOException e) {
      return Reply.text(400, "text/plain", "not JSON");
    }
  }

  private ObjectNode keySet() {
    RSAPublicKey key = (RSAPublicKey) keys().getPublic();
    ObjectNode set = JSON.createObjectNode();
    set.putArray("keys")
        .addObject()
        .put("kty", "RSA")
        .put("use", "sig")
        .put("alg", "RS256")
        .put("kid", keyId)
        .put("n", unsigned(key.getModulus()))
        .put("e", unsigned(key.getPublicExponent()));
    return set;
  }

  /**
   * RFC 7518 §2, Base64urlUInt: the fewest bytes that hold the positive number, without an
   * additional byte for the sign.
   */
  private static String unsigned(BigInteger number) {
    byte[] signed = number.toByteArray();
    int first = signed[0] == 0 ? 1 : 0;
    return BASE64.encodeToString(Arrays.copyOfRange(signed, first, signed.length));
  }

  /** Created on first use, because most runs do not need keys. */
  private synchronized KeyPair keys() {
    if (keys == null) {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        keys = generator.generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has RSA", e);
      }
    }
    return keys;
  }

  private static String part(ObjectNode json) {
    try {
      return BASE64.encodeToString(JSON.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }
}
