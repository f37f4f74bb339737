package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.Http;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Server;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;

/** A mounted stand-in, and a client that signs with the service account as ours does. */
final class GoogleCalendar implements AutoCloseable {
  static final String INGRID = "ingrid.testwell@example.invalid";
  static final String EVENTS =
      "/google/calendar/v3/calendars/ingrid.testwell%40example.invalid/events";
  static final Instant NOW = Instant.parse("2026-02-02T18:00:00Z");

  private static final ServiceAccount ACCOUNT = ServiceAccount.create();

  final MovableClock clock = new MovableClock(NOW);
  final GoogleSandbox google;
  final Server server;
  final Http http;

  GoogleCalendar() throws Exception {
    this(ACCOUNT);
  }

  GoogleCalendar(ServiceAccount account) throws Exception {
    google = new GoogleSandbox(clock, account);
    server = Server.start(0);
    google.mount(server);
    http = as(INGRID);
  }

  Http as(String user) throws Exception {
    return as(user, "https://www.googleapis.com/auth/calendar.events");
  }

  Http as(String user, String scopes) throws Exception {
    ObjectNode claims = claims().put("sub", user).put("scope", scopes);
    String token = token(sign(claims)).json().path("access_token").asText();
    return Http.to(server.url()).with("Authorization", "Bearer " + token);
  }

  Http.Answer token(String assertion) throws Exception {
    return Http.to(server.url())
        .form(
            "/google/token",
            "grant_type",
            "urn:ietf:params:oauth:grant-type:jwt-bearer",
            "assertion",
            assertion);
  }

  ObjectNode claims() throws Exception {
    return Json.object()
        .put("iss", account().get("client_email").asText())
        .put("scope", "https://www.googleapis.com/auth/calendar.events")
        .put("aud", account().get("token_uri").asText())
        .put("iat", clock.instant().getEpochSecond())
        .put("exp", clock.instant().getEpochSecond() + 3600)
        .put("sub", INGRID);
  }

  String sign(ObjectNode claims) throws Exception {
    String pem = account().get("private_key").asText().replaceAll("-----[A-Z ]+-----", "");
    PrivateKey key =
        KeyFactory.getInstance("RSA")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
    String signed = part("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + part(claims.toString());
    Signature signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(key);
    signer.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
  }

  Http.Answer insert(String body) throws Exception {
    return http.json("POST", EVENTS, body);
  }

  Http.Answer control(String path, String body) throws Exception {
    return http.json("POST", "/google-control/" + path, body);
  }

  /** What a person does with an event of Ingrid's; the path is below her events. */
  Http.Answer hand(String method, String path, String body) throws Exception {
    return http.json(method, "/google-control/calendars/" + INGRID + "/events" + path, body);
  }

  void fault(String json) throws Exception {
    http.json("POST", "/google-control/faults", json);
  }

  /** An event with further members put at its end. */
  static String event(String more) {
    return """
        {"summary":"Busy","start":{"dateTime":"2026-02-03T09:00:00-08:00"},
         "end":{"dateTime":"2026-02-03T09:30:00","timeZone":"America/Los_Angeles"}%s}
        """
        .formatted(more);
  }

  static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode account() throws Exception {
    return Json.read(google.serviceAccountJson());
  }

  @Override
  public void close() {
    server.close();
    google.close();
  }
}
