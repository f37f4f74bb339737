package clinic.scheduling.sandbox.canvas.server;

import clinic.scheduling.sandbox.canvas.CanvasExamples;
import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.World;
import clinic.scheduling.sandbox.http.Server;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A running stand-in and a client with a token, for tests. */
final class RunningCanvas implements AutoCloseable {
  static final String AVERY = "9b1d2e3f4a5c46d7b8e9f0a1b2c3d4e5";
  static final String JORDAN = "5a6b7c8d9e0f4123a4b5c6d7e8f90a1b";
  static final String HARBOR = "5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01";
  static final String INGRID_HARBOR = "Location.1-Staff." + World.INGRID;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final TestClock clock;
  final CanvasSandbox canvas;
  final Server server;
  private String token = "";

  private RunningCanvas(World world, TestClock clock) throws IOException {
    this.clock = clock;
    server = Server.start(0);
    canvas = new CanvasSandbox(clock, world, server.url());
    canvas.mount(server);
    new CanvasControl(canvas).mount(server);
  }

  /** The time at which the examples take place, a week before their appointments. */
  static RunningCanvas start() throws Exception {
    return start(World.examples());
  }

  static RunningCanvas start(World world) throws Exception {
    return start(world, "2027-03-15T12:00:00Z");
  }

  static RunningCanvas start(World world, String now) throws Exception {
    RunningCanvas instance = startSignedOut(world, now);
    instance.signIn();
    return instance;
  }

  static RunningCanvas startSignedOut(World world, String now) throws Exception {
    return new RunningCanvas(world, new TestClock(now));
  }

  void signIn() throws Exception {
    token = form(CanvasExamples.number(1).bodyText()).json().path("access_token").asText();
  }

  void useToken(String other) {
    token = other;
  }

  record Answer(HttpResponse<String> http) {
    int status() {
      return http.statusCode();
    }

    String text() {
      return http.body();
    }

    JsonNode json() {
      try {
        return Json.MAPPER.readTree(http.body());
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + http.body(), e);
      }
    }

    String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    /** The first issue's code and text. */
    String issue() {
      JsonNode issue = json().path("issue").path(0);
      return issue.path("code").asText() + ": " + issue.path("details").path("text").asText();
    }

    /** The id in the Location header. */
    String id() {
      String location = header("Location");
      return location.substring(location.lastIndexOf('/') + 1);
    }
  }

  Answer form(String body) throws Exception {
    return send(
        "POST",
        "/canvas/auth/token/",
        body,
        Map.of("Content-Type", "application/x-www-form-urlencoded"));
  }

  Answer get(String path) throws Exception {
    return fhir("GET", path, "", Map.of());
  }

  Answer post(String path, JsonNode body) throws Exception {
    return fhir("POST", path, body.toString(), Map.of());
  }

  Answer put(String path, JsonNode body) throws Exception {
    return fhir("PUT", path, body.toString(), Map.of());
  }

  Answer fhir(String method, String path, String body, Map<String, String> more) throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer " + token);
    headers.put("Accept", "application/json");
    headers.put("Content-Type", "application/json");
    headers.putAll(more);
    return send(method, "/canvas" + path, body, headers);
  }

  Answer control(String method, String path, String body) throws Exception {
    return send(method, "/canvas-control" + path, body, Map.of("Content-Type", "application/json"));
  }

  Answer send(String method, String path, String body, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .timeout(Duration.ofSeconds(10))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  /** The body of a visit of Avery with Ingrid at Harbor, from example 13. */
  static ObjectNode visit(String start, String end) {
    ObjectNode body = ((ObjectNode) CanvasExamples.number(13).body()).deepCopy();
    return body.put("start", start).put("end", end);
  }

  static ObjectNode visit() {
    return visit("2027-03-16T16:00:00Z", "2027-03-16T16:30:00Z");
  }

  /** The same body as an update of this appointment, with the identifiers that a read returns. */
  ObjectNode updateOf(String id) throws Exception {
    ObjectNode body = (ObjectNode) get("/Appointment/" + id).json();
    body.remove("extension");
    return body;
  }

  String create(JsonNode body) throws Exception {
    Answer answer = post("/Appointment", body);
    if (answer.status() != 201) {
      throw new AssertionError(answer.status() + " " + answer.text());
    }
    return answer.id();
  }

  JsonNode read(String id) throws Exception {
    return get("/Appointment/" + id).json();
  }

  @Override
  public void close() {
    server.close();
    canvas.close();
  }
}
