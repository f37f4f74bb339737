package clinic.scheduling.sandbox.openapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One request and its response. The case of header names does not matter. */
record Exchange(
    String method,
    String path,
    int status,
    Map<String, String> headers,
    String requestBody,
    String responseBody) {

  static Exchange of(
      String method,
      String path,
      int status,
      Map<String, String> headers,
      @Nullable String requestBody,
      @Nullable String responseBody) {
    Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    return new Exchange(
        method,
        path,
        status,
        anyCase,
        Objects.requireNonNullElse(requestBody, ""),
        Objects.requireNonNullElse(responseBody, ""));
  }

  String pathOnly() {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  /** The decoded parameters; the last value of a repeated one. */
  Map<String, String> query() {
    Map<String, String> query = new TreeMap<>();
    String raw = path.substring(Math.min(path.length(), pathOnly().length() + 1));
    Stream.of(raw.split("&", -1))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> query.put(decode(pair[0]), pair.length > 1 ? decode(pair[1]) : ""));
    return query;
  }

  /** Omits the query, which may contain a token. */
  @Override
  public String toString() {
    return "%s %s -> %d".formatted(method, pathOnly(), status);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
