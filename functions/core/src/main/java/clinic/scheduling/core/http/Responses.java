package clinic.scheduling.core.http;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.json.FieldError;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Responses in API Gateway's payload format 2.0. By default, a response carries {@code
 * Cache-Control: no-store}.
 */
public final class Responses {
  private static final String JSON = "application/json";

  private Responses() {}

  public static APIGatewayV2HTTPResponse json(int status, JsonNode body) {
    return text(status, JSON, body.toString());
  }

  public static APIGatewayV2HTTPResponse text(int status, String type, String body) {
    return answer(status, Map.of("Content-Type", type), body);
  }

  /**
   * A JSON response without personal data, which anybody may cache. A caller whose {@code
   * If-None-Match} shows that it has the response gets 304 without a body (RFC 9110 section
   * 13.1.2).
   *
   * @param cacheControl how long it may be cached (RFC 9111 section 5.2)
   */
  public static APIGatewayV2HTTPResponse shared(
      Request request, JsonNode body, String cacheControl) {
    String text = body.toString();
    String tag = "\"" + Digest.of(text) + "\"";
    boolean known = request.header("if-none-match").filter(tags -> matches(tags, tag)).isPresent();
    APIGatewayV2HTTPResponse answer = known ? empty(304) : text(200, JSON, text);
    return with(with(answer, "Cache-Control", cacheControl), "ETag", tag);
  }

  /** A weak tag matches the strong tag with the same value (RFC 9110 section 8.8.3.2). */
  private static boolean matches(String ifNoneMatch, String tag) {
    return ifNoneMatch.strip().equals("*")
        || Arrays.stream(ifNoneMatch.split(",", -1))
            .map(String::strip)
            .anyMatch(one -> one.equals(tag) || one.equals("W/" + tag));
  }

  /** The response with one more header. */
  public static APIGatewayV2HTTPResponse with(
      APIGatewayV2HTTPResponse answer, String header, String value) {
    Map<String, String> headers = new TreeMap<>(answer.getHeaders());
    headers.put(header, value);
    answer.setHeaders(headers);
    return answer;
  }

  public static APIGatewayV2HTTPResponse empty(int status) {
    return answer(status, Map.of(), "");
  }

  /** A problem document (RFC 9457). */
  public static APIGatewayV2HTTPResponse problem(Problem problem) {
    return problem(problem, Map.of());
  }

  /**
   * @param extensions further members of the document, which this type of problem has
   */
  public static APIGatewayV2HTTPResponse problem(
      Problem problem, Map<String, JsonNode> extensions) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", problem.type().uri());
    body.put("title", problem.type().title());
    body.put("status", problem.type().status());
    body.put("detail", problem.detail());
    if (!problem.errors().isEmpty()) {
      ArrayNode errors = body.putArray("errors");
      for (FieldError error : problem.errors()) {
        errors.addObject().put("field", error.field()).put("message", error.message());
      }
    }
    body.setAll(extensions);
    APIGatewayV2HTTPResponse answer =
        text(problem.type().status(), "application/problem+json", body.toString());
    problem
        .retryAfter()
        .ifPresent(
            delay -> with(answer, "Retry-After", Long.toString(Math.max(1, delay.toSeconds()))));
    return answer;
  }

  private static APIGatewayV2HTTPResponse answer(
      int status, Map<String, String> headers, String body) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put("Cache-Control", "no-store");
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(all)
        .withBody(body)
        .build();
  }
}
