package clinic.scheduling.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.local.lambda.FunctionPool;
import clinic.scheduling.local.template.Deployment;
import clinic.scheduling.local.template.Deployment.Cors;
import clinic.scheduling.local.template.Deployment.Route;
import clinic.scheduling.local.testing.TestFunctions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Clients and functions get the same requests and responses from the gateway as from API Gateway.
 */
class GatewayTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> LOG = new CopyOnWriteArrayList<>();
  @TempDir static Path folder;

  private static FunctionPool function;
  private static Gateway gateway;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    function = TestFunctions.start(folder, 2, 2);
    Deployment.Api api =
        new Deployment.Api(
            List.of(
                new Route("GET", "/slots", "Test"),
                new Route("POST", "/appointments", "Test"),
                new Route("GET", "/appointments/{id}", "Test"),
                new Route("GET", "/appointments/next", "Test"),
                new Route("POST", "/appointments/{id}/cancellation", "Test"),
                new Route("GET", "/missing", "Absent")),
            Optional.of(
                new Cors(
                    List.of("https://book.example.invalid"),
                    List.of("GET", "POST"),
                    List.of("authorization"),
                    List.of("retry-after"),
                    Optional.of(600),
                    false)),
            Optional.empty());
    gateway =
        Gateway.start(
            ApiPort.bind(0, "gateway"), api, Map.of("Test", function), Clock.systemUTC(), LOG::add);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    function.close();
  }

  @Test
  void theEventHasTheShapeOfPayloadFormatTwo() throws Exception {
    JsonNode event =
        event(
            to("/appointments/bk%2D1/cancellation?a=1&b=x%20y&a=2&c")
                .header("X-Twice", "one")
                .header("X-Twice", "two")
                .header("Cookie", "k=v; l=w")
                .header("User-Agent", "tests")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString("{\"name\":\"Åsa\"}")));

    assertThat(event.path("version").asText()).isEqualTo("2.0");
    assertThat(event.path("routeKey").asText()).isEqualTo("POST /appointments/{id}/cancellation");
    assertThat(event.path("rawPath").asText()).isEqualTo("/appointments/bk%2D1/cancellation");
    assertThat(event.path("rawQueryString").asText()).isEqualTo("a=1&b=x%20y&a=2&c");
    assertThat(event.path("queryStringParameters"))
        .isEqualTo(JSON.readTree("{\"a\":\"1,2\",\"b\":\"x y\",\"c\":\"\"}"));
    assertThat(event.path("pathParameters")).isEqualTo(JSON.readTree("{\"id\":\"bk-1\"}"));
    assertThat(event.path("cookies")).isEqualTo(JSON.readTree("[\"k=v\",\"l=w\"]"));
    assertThat(event.at("/headers/x-twice").asText()).isEqualTo("one,two");
    assertThat(event.path("headers").has("cookie")).isFalse();
    assertThat(event.path("body").asText()).isEqualTo("{\"name\":\"Åsa\"}");
    assertThat(event.path("isBase64Encoded").asBoolean(true)).isFalse();
    JsonNode call = event.at("/requestContext/http");
    assertThat(call.path("method").asText()).isEqualTo("POST");
    assertThat(call.path("path").asText()).isEqualTo("/appointments/bk%2D1/cancellation");
    assertThat(call.path("protocol").asText()).isEqualTo("HTTP/1.1");
    assertThat(call.path("sourceIp").asText()).isEqualTo("127.0.0.1");
    assertThat(call.path("userAgent").asText()).isEqualTo("tests");
    assertThat(event.at("/requestContext/requestId").asText()).isNotEmpty();
    assertThat(event.at("/requestContext/stage").asText()).isEqualTo("$default");
    assertThat(event.at("/requestContext/timeEpoch").asLong()).isPositive();
    assertThat(event.at("/requestContext/time").asText())
        .matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
  }

  @Test
  void anEventWithoutQueryPathParametersOrBodyLeavesThemOut() throws Exception {
    JsonNode event = event(to("/slots"));

    assertThat(event.has("queryStringParameters")).isFalse();
    assertThat(event.has("pathParameters")).isFalse();
    assertThat(event.has("body")).isFalse();
    assertThat(event.has("cookies")).isFalse();
  }

  @Test
  void aBodyThatIsNoTextTravelsAsBase64() throws Exception {
    byte[] bytes = {(byte) 0xff, 0, 1};

    JsonNode typed =
        event(
            to("/appointments")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(bytes)));
    JsonNode badText =
        event(
            to("/appointments")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(bytes)));

    for (JsonNode event : List.of(typed, badText)) {
      assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
      assertThat(Base64.getDecoder().decode(event.path("body").asText())).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "//slots, 404",
    "///, 404",
    "//, 404",
    "/slots/../slots, 404",
    "/slots;v=1, 404",
    "/slots%00, 400",
    "/appointments//x, 404",
    "/%zz, 400",
    "/appointments/%zz, 400",
    "/appointments/%, 400",
    "/appointments/%C3%28, 400",
    "slots, 400",
    "/sl ots, 400",
    "http://[/slots, 400"
  })
  void aMalformedTargetIsAnsweredAsAProblem(String target, int status) throws Exception {
    String answer =
        raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer.toLowerCase(Locale.ROOT))
        .contains("content-type: application/problem+json")
        .doesNotContain("<h1>", "jetty");
    JsonNode problem = JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n")));
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("type").asText()).startsWith("urn:problem-type:scheduling:");
  }

  @Test
  void aMalformedQueryIsTheFunctionsAffair() throws Exception {
    String answer =
        raw("GET /slots?x=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("x=%zz");
  }

  @Test
  void aHeadThatNoServerReadsIsAnsweredAsAProblem() throws Exception {
    String answer =
        raw("GET /slots HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(60_000) + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 431 ").contains("application/problem+json");
  }

  private static String raw(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.url().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aFullPathWinsOverOneWithParameters() throws Exception {
    assertThat(event(to("/appointments/next")).path("routeKey").asText())
        .isEqualTo("GET /appointments/next");
  }

  @Test
  void anAnswerKeepsItsStatusHeadersAndCookies() throws Exception {
    HttpResponse<String> formed = send(to("/slots?x=do=status-418"));
    HttpResponse<String> cookies = send(to("/slots"));

    assertThat(formed.statusCode()).isEqualTo(418);
    assertThat(formed.headers().firstValue("x-own")).contains("yes");
    assertThat(formed.headers().firstValue("apigw-requestid")).isPresent();
    assertThat(cookies.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
  }

  @Test
  void jsonWithoutAStatusIsWrappedAsTwoHundred() throws Exception {
    HttpResponse<String> response = send(to("/slots?x=do=pid"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.body()).matches("\\d+");
  }

  @Test
  void errorsOfTheGatewayAreProblems() throws Exception {
    assertProblem(send(to("/nowhere")), 404, "not-found");
    assertProblem(send(to("/slots").DELETE()), 404, "not-found");
    assertProblem(send(to("/slots?x=do=error")), 500, "internal");
    assertProblem(send(to("/slots?x=do=die-1")), 500, "internal");
    assertProblem(send(to("/slots?x=do=sleep-9000")), 500, "internal");
    assertProblem(send(to("/missing")), 500, "internal");
    assertProblem(
        send(to("/slots").header("X-Long", "x".repeat(10_240))), 431, "payload-too-large");
    assertProblem(
        send(to("/appointments").POST(BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024 + 1]))),
        413,
        "payload-too-large");
  }

  @Test
  void aHeadRequestHasNoBodyWhateverIsAnswered() throws Exception {
    HttpResponse<String> response = send(to("/slots").method("HEAD", BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void preflightsAreAnsweredByTheGateway() throws Exception {
    HttpResponse<String> allowed = send(preflight("https://book.example.invalid"));
    HttpResponse<String> foreign = send(preflight("https://other.example.invalid"));

    assertThat(allowed.statusCode()).isEqualTo(204);
    assertThat(allowed.headers().map())
        .containsEntry("access-control-allow-origin", List.of("https://book.example.invalid"))
        .containsEntry("access-control-allow-methods", List.of("GET,POST"))
        .containsEntry("access-control-allow-headers", List.of("authorization"))
        .containsEntry("access-control-max-age", List.of("600"));
    assertThat(foreign.statusCode()).isEqualTo(204);
    assertThat(foreign.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void answersAndProblemsAlikeCarryTheCorsHeaders() throws Exception {
    for (String path : List.of("/slots", "/nowhere")) {
      HttpResponse<String> response =
          send(to(path).header("Origin", "https://book.example.invalid"));

      assertThat(response.headers().firstValue("access-control-allow-origin"))
          .contains("https://book.example.invalid");
      assertThat(response.headers().firstValue("access-control-expose-headers"))
          .contains("retry-after");
    }
  }

  @Test
  void twoHundredClientsAtOnceAreAllAnswered() {
    List<CompletableFuture<Integer>> statuses =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    http.sendAsync(to("/slots?n=" + i).build(), BodyHandlers.discarding())
                        .thenApply(HttpResponse::statusCode))
            .toList();

    assertThat(statuses).extracting(CompletableFuture::join).containsOnly(200);
  }

  @Test
  void theLogNamesRoutesAndNeverPathsOrQueries() throws Exception {
    send(to("/appointments/canary-id?token=canary-token"));

    assertThat(LOG).anyMatch(line -> line.contains("GET /appointments/{id} -> 200"));
    assertThat(LOG).noneMatch(line -> line.contains("canary"));
  }

  private HttpRequest.Builder preflight(String origin) {
    return to("/slots")
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "GET")
        .method("OPTIONS", BodyPublishers.noBody());
  }

  private void assertProblem(HttpResponse<String> response, int status, String type)
      throws Exception {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
    JsonNode problem = JSON.readTree(response.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("type").asText()).isEqualTo("urn:problem-type:scheduling:" + type);
  }

  private JsonNode event(HttpRequest.Builder request) throws Exception {
    return JSON.readTree(send(request).body());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder to(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(gateway.url() + pathAndQuery));
  }
}
