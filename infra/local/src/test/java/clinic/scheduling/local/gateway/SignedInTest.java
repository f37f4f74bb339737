package clinic.scheduling.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.local.lambda.FunctionPool;
import clinic.scheduling.local.template.Deployment;
import clinic.scheduling.local.template.Deployment.Route;
import clinic.scheduling.local.testing.TestFunctions;
import clinic.scheduling.sandbox.http.Server;
import clinic.scheduling.sandbox.signin.SignInSandbox;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Only a caller with a valid token of the issuer reaches the function, and the function gets only
 * the claims of that token.
 */
class SignedInTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Clock CLOCK = Clock.systemUTC();
  @TempDir static Path folder;

  private static Server server;
  private static SignInSandbox issuer;
  private static SignInSandbox stranger;
  private static FunctionPool function;
  private static Gateway gateway;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    server = Server.start(0);
    issuer = new SignInSandbox(CLOCK, server.url());
    issuer.mount(server);
    stranger = new SignInSandbox(CLOCK, server.url());
    function = TestFunctions.start(folder, 1, 2);
    Deployment.Jwt jwt = new Deployment.Jwt(issuer.issuer(), List.of(SignInSandbox.AUDIENCE));
    Deployment.Api api =
        new Deployment.Api(
            List.of(new Route("POST", "/appointments", "Test")),
            Optional.empty(),
            Optional.of(jwt));
    gateway =
        Gateway.start(
            ApiPort.bind(0, "signed-in"), api, Map.of("Test", function), CLOCK, line -> {});
  }

  @AfterAll
  static void stop() {
    gateway.close();
    function.close();
    server.close();
  }

  @Test
  void theFunctionGetsTheClaimsAsText() throws Exception {
    long exp = CLOCK.instant().getEpochSecond() + 60;
    ObjectNode claims = claims("{\"canvas_patient\":\"p-1\",\"roles\":[\"a\",\"b\"],\"ok\":true}");

    JsonNode event = JSON.readTree(post("Bearer " + issuer.token(claims.put("exp", exp))).body());

    JsonNode jwt = event.at("/requestContext/authorizer/jwt");
    assertThat(jwt.path("scopes").isNull()).isTrue();
    assertThat(jwt.at("/claims/canvas_patient")).isEqualTo(text("p-1"));
    assertThat(jwt.at("/claims/iss")).isEqualTo(text(issuer.issuer()));
    assertThat(jwt.at("/claims/exp")).isEqualTo(text("" + exp));
    assertThat(jwt.at("/claims/roles")).isEqualTo(text("[a b]"));
    assertThat(jwt.at("/claims/ok")).isEqualTo(text("true"));
  }

  @Test
  void oneOfSeveralAudiencesIsEnough() throws Exception {
    assertThat(post(issuer.token(claims("{\"aud\":[\"x\",\"external-scheduling\"]}"))).statusCode())
        .isEqualTo(200);
  }

  static List<String> bad() {
    long now = Instant.now().getEpochSecond();
    String good = issuer.token(claims("{}"));
    String[] parts = good.split("\\.");
    String otherClaims = issuer.token(claims("{\"canvas_patient\":\"p-2\"}")).split("\\.")[1];
    return List.of(
        "",
        "Bearer ",
        "Bearer nonsense",
        "Bearer a.b.c",
        issuer.token(claims("{\"exp\":%d}".formatted(now - 1))),
        issuer.token(claims("{\"exp\":null}")),
        issuer.token(claims("{\"nbf\":%d}".formatted(now + 60))),
        issuer.token(claims("{\"iat\":%d}".formatted(now + 60))),
        issuer.token(claims("{\"aud\":\"another\"}")),
        issuer.token(claims("{\"aud\":[]}")),
        issuer.token(claims("{\"iss\":\"https://another.example.invalid\"}")),
        stranger.token(claims("{}")),
        parts[0] + "." + otherClaims + "." + parts[2],
        coded("{\"alg\":\"none\"}") + "." + parts[1] + ".",
        parts[0] + "." + parts[1] + ".");
  }

  @ParameterizedTest
  @MethodSource("bad")
  void anybodyElseIsAnsweredAsApiGatewayDoes(String authorization) throws Exception {
    HttpResponse<String> answer = post(authorization);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
    assertThat(answer.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
  }

  private HttpResponse<String> post(String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.url() + "/appointments"))
            .header("canvas_patient", "p-9")
            .POST(HttpRequest.BodyPublishers.ofString("event"));
    return http.send(
        authorization.isEmpty()
            ? request.build()
            : request.header("Authorization", authorization).build(),
        BodyHandlers.ofString());
  }

  private static JsonNode text(String value) {
    return JSON.getNodeFactory().textNode(value);
  }

  private static ObjectNode claims(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String coded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
