package clinic.scheduling.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP answer.
 *
 * @param pause the time between two bytes of the body
 */
public record Reply(int status, Map<String, String> headers, byte[] body, Duration pause) {
  private static final int BLANKS = 600;

  public Reply(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, body, Duration.ZERO);
  }

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

  /** No response: the connection closes. */
  public static Reply cut() {
    return empty(0);
  }

  /** The same reply, sent byte by byte. One without a body gets spaces. */
  public Reply trickled(Duration between) {
    byte[] blanks = new byte[BLANKS];
    Arrays.fill(blanks, (byte) ' ');
    return new Reply(status, headers, body.length == 0 ? blanks : body, between);
  }

  boolean isCut() {
    return status == 0;
  }

  public Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, Map.copyOf(more), body, pause);
  }
}
