package clinic.scheduling.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One HTTP answer. */
public record Reply(int status, Map<String, String> headers, byte[] body) {

  public static Reply empty(int status) {
    return new Reply(status, Map.of(), new byte[0]);
  }

  public static Reply text(int status, String contentType, String body) {
    return new Reply(
        status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
  }

  public static Reply json(int status, String body) {
    return text(status, "application/json", body);
  }

  /** No answer at all: the connection ends. */
  public static Reply cut() {
    return empty(0);
  }

  boolean isCut() {
    return status == 0;
  }

  public Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, Map.copyOf(more), body);
  }
}
