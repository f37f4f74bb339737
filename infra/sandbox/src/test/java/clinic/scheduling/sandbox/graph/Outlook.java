package clinic.scheduling.sandbox.graph;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Server;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** A mounted stand-in and a client with a token, for the tests. */
final class Outlook implements AutoCloseable {
  static final String EVENTS = "/graph/v1.0/users/ingrid.testwell%40example.invalid/events";
  static final String OUR_NAME =
      "String {4f0b6a52-8c52-4b0f-9f7e-0d1c6b1f7a10} Name CanvasAppointment";

  static final String BY_HAND = "/graph-control/mailboxes/ingrid.testwell@example.invalid/events";

  final MovingClock clock = new MovingClock(Instant.parse("2026-02-02T18:00:00Z"));
  final GraphSandbox graph = new GraphSandbox(clock);
  final Server server;
  final Http http;

  Outlook() throws Exception {
    server = Server.start(0);
    graph.mount(server);
    http = as("scheduling");
  }

  /** A client with a token of the app. */
  Http as(String app) throws Exception {
    String token =
        Http.to(server.url())
            .form(
                "/graph/harbor/oauth2/v2.0/token",
                "grant_type",
                "client_credentials",
                "scope",
                "https://graph.microsoft.com/.default",
                "client_id",
                app,
                "client_secret",
                "not-a-secret")
            .json()
            .path("access_token")
            .asText();
    return Http.to(server.url()).with("Authorization", "Bearer " + token);
  }

  /** Creates an event with further members, and returns its id. */
  String made(String more) throws Exception {
    Http.Answer answer = create(event(more));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().get("id").asText();
  }

  /** Sends to {@code /graph-control}. */
  JsonNode control(String method, String path, String body) throws Exception {
    Http.Answer answer = http.json(method, "/graph-control" + path, body);
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    return answer.body().isEmpty() ? Json.object() : answer.json();
  }

  Http.Answer create(String body) throws Exception {
    return http.json("POST", EVENTS, body);
  }

  void fault(String json) throws Exception {
    Http.to(server.url()).json("POST", "/graph-control/faults", json);
  }

  void settings(String json) throws Exception {
    Http.to(server.url()).json("POST", "/graph-control/settings", json);
  }

  /** An event as the SDK writes it, with further members put at its end. */
  static String event(String more) {
    return """
        {"@odata.type":"#microsoft.graph.event","subject":"Busy",
         "start":{"@odata.type":"#microsoft.graph.dateTimeTimeZone",
                  "dateTime":"2026-02-03T09:00:00","timeZone":"America/Los_Angeles"},
         "end":{"dateTime":"2026-02-03T09:30:00","timeZone":"Pacific Standard Time"}%s}
        """
        .formatted(more);
  }

  @Override
  public void close() {
    server.close();
    graph.close();
  }
}
