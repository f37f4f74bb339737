package clinic.scheduling.local.gateway;

import clinic.scheduling.local.gateway.HttpAnswer.Header;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Turns the response of a function into an HTTP response by payload format 2.0. */
final class ProxyResponse {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The headers that the server sets itself. */
  private static final Set<String> OWN_HEADERS =
      Set.of("content-length", "transfer-encoding", "connection", "date");

  private ProxyResponse() {}

  /** JSON without {@code statusCode} becomes the body of a 200. Anything but JSON becomes a 500. */
  static HttpAnswer read(byte[] payload) {
    try {
      JsonNode answer = JSON.readTree(payload);
      return answer.isObject() && answer.has("statusCode")
          ? formed(answer)
          : HttpAnswer.of(200, "application/json", payload);
    } catch (IOException | IllegalArgumentException e) {
      return Problem.FUNCTION_FAILED.answer("The answer of the function was malformed.");
    }
  }

  private static HttpAnswer formed(JsonNode answer) {
    int status = answer.path("statusCode").asInt(0);
    if (status < 100 || status > 599) {
      return Problem.FUNCTION_FAILED.answer("The answer of the function was malformed.");
    }
    List<Header> headers = new ArrayList<>();
    answer
        .path("headers")
        .properties()
        .forEach(header -> add(headers, header.getKey(), header.getValue().asText()));
    answer
        .path("cookies")
        .forEach(cookie -> headers.add(new Header("set-cookie", cookie.asText())));
    if (headers.stream().noneMatch(header -> header.name().equals("content-type"))) {
      headers.add(new Header("content-type", "text/plain;charset=utf-8"));
    }
    return new HttpAnswer(status, List.copyOf(headers), body(answer));
  }

  private static void add(List<Header> headers, String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!OWN_HEADERS.contains(lower)) {
      headers.add(new Header(lower, value));
    }
  }

  private static byte[] body(JsonNode answer) {
    JsonNode body = answer.path("body");
    if (body.isMissingNode() || body.isNull()) {
      return new byte[0];
    }
    String text = body.isContainerNode() ? body.toString() : body.asText();
    return answer.path("isBase64Encoded").asBoolean(false)
        ? Base64.getDecoder().decode(text)
        : text.getBytes(StandardCharsets.UTF_8);
  }
}
