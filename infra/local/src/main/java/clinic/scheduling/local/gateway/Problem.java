package clinic.scheduling.local.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;

/** An error that the gateway itself answers, as {@code application/problem+json} (RFC 9457). */
enum Problem {
  MALFORMED(400, "invalid-request", "The request is not valid"),
  NOT_FOUND(404, "not-found", "No such route"),
  TOO_LARGE(413, "payload-too-large", "The request is too large"),
  HEADERS_TOO_LARGE(431, "payload-too-large", "The request line and headers are too large"),
  FUNCTION_FAILED(500, "internal", "The request could not be handled"),
  UNAVAILABLE(503, "unavailable", "The service does not answer now");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final int status;
  private final String type;
  private final String title;

  Problem(int status, String type, String title) {
    this.status = status;
    this.type = type;
    this.title = title;
  }

  static HttpAnswer headTooLarge() {
    return HEADERS_TOO_LARGE.answer("Request line and headers may have 10240 bytes.");
  }

  HttpAnswer answer(String detail) {
    byte[] body =
        JSON.createObjectNode()
            .put("type", "urn:problem-type:scheduling:" + type)
            .put("title", title)
            .put("status", status)
            .put("detail", detail)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    HttpAnswer answer = HttpAnswer.of(status, "application/problem+json", body);
    return this == UNAVAILABLE ? answer.with("retry-after", "1") : answer;
  }
}
