package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.Http;
import clinic.scheduling.sandbox.http.Server;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** A mounted stand-in and a client with a token, for the tests. */
final class Outlook implements AutoCloseable {
  static final String EVENTS = "/graph/v1.0/users/ingrid.testwell%40example.invalid/events";
  static final String OUR_NAME =
      "String {4f0b6a52-8c52-4b0f-9f7e-0d1c6b1f7a10} Name CanvasAppointment";

  final GraphSandbox graph =
      new GraphSandbox(Clock.fixed(Instant.parse("2026-02-02T18:00:00Z"), ZoneOffset.UTC));
  final Server server;
  final Http http;

  Outlook() throws Exception {
    server = Server.start(0);
    graph.mount(server);
    String token =
        Http.to(server.url())
            .form(
                "/graph/harbor/oauth2/v2.0/token",
                "grant_type",
                "client_credentials",
                "scope",
                "https://graph.microsoft.com/.default",
                "client_id",
                "scheduling",
                "client_secret",
                "not-a-secret")
            .json()
            .path("access_token")
            .asText();
    http = Http.to(server.url()).with("Authorization", "Bearer " + token);
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
  }
}
