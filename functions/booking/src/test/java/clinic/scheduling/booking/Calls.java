package clinic.scheduling.booking;

import clinic.scheduling.sandbox.openapi.OpenApiContract;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Calls the function as API Gateway does, and checks every exchange against the published API. */
@Singleton
class Calls {
  private static final OpenApiContract CONTRACT = OpenApiContract.published();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private final BookAppointment function;
  private final AtomicReference<String> address = new AtomicReference<>("192.0.2.1");

  Calls(BookAppointment function) {
    this.function = function;
  }

  /** An answer with its parsed body. */
  record Answer(int status, JsonNode body, Map<String, String> headers, String text) {
    String id() {
      return body.path("id").asText();
    }

    String token() {
      return body.at("/manage/token").asText();
    }

    String type() {
      return body.path("type").asText().replace("urn:problem-type:scheduling:", "");
    }
  }

  /** From now on, calls come from this network address. */
  Calls from(String caller) {
    address.set(caller);
    return this;
  }

  /** Holds a slot for a form, without an {@code Idempotency-Key}. */
  Answer hold(String slot) {
    return hold(null, slot);
  }

  Answer hold(String key, String slot) {
    return call("POST", "/holds", "POST /holds", "", key, null, "{\"slot\":\"" + slot + "\"}");
  }

  Answer extend(String hold) {
    String path = "/holds/" + hold + "/extension";
    return call("POST", path, "POST /holds/{hold}/extension", hold, null, null, null);
  }

  Answer release(String hold) {
    return call("DELETE", "/holds/" + hold, "DELETE /holds/{hold}", hold, null, null, null);
  }

  Answer prove(String verification, String code) {
    String path = "/verifications/" + verification;
    String body = "{\"code\":\"" + code + "\"}";
    return call("POST", path, "POST /verifications/{id}", verification, null, null, body);
  }

  Answer anotherCode(String verification) {
    String path = "/verifications/" + verification + "/codes";
    return call("POST", path, "POST /verifications/{id}/codes", verification, null, null, null);
  }

  Answer giveUp(String verification) {
    String path = "/verifications/" + verification;
    return call("DELETE", path, "DELETE /verifications/{id}", verification, null, null, null);
  }

  Answer book(String key, String body) {
    return call("POST", "/appointments", "POST /appointments", "", key, null, body);
  }

  /** Sends a booking, which may be invalid. With claims, the caller counts as signed in. */
  Answer uncheckedBook(String key, String body, Map<String, String> claims) {
    return call(
        "POST",
        "/appointments",
        "POST /appointments",
        "",
        key,
        null,
        body,
        claims.isEmpty() ? Optional.empty() : Optional.of(claims));
  }

  Answer read(String id, String token) {
    return call("GET", "/appointments/" + id, "GET /appointments/{id}", id, null, token, null);
  }

  Answer cancel(String id, String token, String key, String body) {
    return call(
        "POST",
        "/appointments/" + id + "/cancellation",
        "POST /appointments/{id}/cancellation",
        id,
        key,
        token,
        body);
  }

  Answer move(String id, String token, String key, String slot) {
    return call(
        "POST",
        "/appointments/" + id + "/reschedule",
        "POST /appointments/{id}/reschedule",
        id,
        key,
        token,
        "{\"slot\":\"" + slot + "\"}");
  }

  Answer invite(String id, String token) {
    String path = "/appointments/" + id + "/invite.ics";
    return call("GET", path, "GET /appointments/{id}/invite.ics", id, null, token, null);
  }

  /** Follows a link of an answer. */
  Answer get(String url) {
    String path = url.replace("http://localhost:8080", "");
    String id = path.replaceAll("/appointments/([^/]+)/.*", "$1");
    return call("GET", path, "GET /appointments/{id}/invite.ics", id, null, null, null);
  }

  /** Follows the short link of a text message. */
  Answer follow(String code) {
    String path = "/m/" + URLEncoder.encode(code, StandardCharsets.UTF_8);
    return call("GET", path, "GET /m/{code}", code, null, null, null);
  }

  /**
   * Follows the short link of a text message with whatever a messenger has appended to it,
   * unescaped.
   */
  Answer follow(String method, String code, String query) {
    String path = "/m/" + URLEncoder.encode(code, StandardCharsets.UTF_8) + "?" + query;
    return call(method, path, method + " /m/{code}", code, null, null, null);
  }

  /** Fetches {@code invite.ics} with an unescaped query. */
  Answer invited(String method, String id, String query) {
    String path = "/appointments/" + id + "/invite.ics?" + query;
    return call(method, path, method + " /appointments/{id}/invite.ics", id, null, null, null);
  }

  private Answer call(
      String method, String path, String route, String id, String key, String token, String body) {
    return call(method, path, route, id, key, token, body, Optional.empty());
  }

  private Answer call(
      String method,
      String path,
      String route,
      String id,
      String key,
      String token,
      String body,
      Optional<Map<String, String>> claims) {
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    event.setRouteKey(route);
    event.setRawPath(path.replaceAll("\\?.*", ""));
    event.setRawQueryString(path.contains("?") ? path.substring(path.indexOf('?') + 1) : "");
    String name = route.replaceAll("[^{]*\\{?([a-z]*).*", "$1");
    event.setPathParameters(Map.of(name.isEmpty() ? "id" : name, id.replaceAll("\\?.*", "")));
    Map<String, String> headers = new HashMap<>();
    if (key != null) {
      headers.put("idempotency-key", key);
    }
    if (token != null) {
      headers.put("authorization", "Bearer " + token);
    }
    if (body != null) {
      headers.put("content-type", "application/json");
    }
    event.setHeaders(headers);
    event.setBody(body);
    RequestContext context = new RequestContext();
    context.setRequestId("request-1");
    context.setHttp(RequestContext.Http.builder().withSourceIp(address.get()).build());
    claims.ifPresent(
        verified ->
            context.setAuthorizer(
                Authorizer.builder().withJwt(JWT.builder().withClaims(verified).build()).build()));
    event.setRequestContext(context);
    return checked(method, path, body, function.bookAppointment(event));
  }

  private static Answer checked(
      String method, String path, String body, APIGatewayV2HTTPResponse answer) {
    CONTRACT.check(
        method, path, answer.getStatusCode(), answer.getHeaders(), body, answer.getBody());
    return new Answer(
        answer.getStatusCode(), json(answer.getBody()), answer.getHeaders(), answer.getBody());
  }

  private static JsonNode json(String text) {
    try {
      return text.startsWith("{") ? MAPPER.readTree(text) : MAPPER.nullNode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
