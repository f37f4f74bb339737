package clinic.scheduling.sandbox.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request to a stand-in.
 *
 * @param path the decoded path below the mount, starting with {@code /}
 * @param rawPath the same path, encoded
 * @param rawQuery the encoded query; empty if there was none
 * @param headers values by lower-case name
 */
public record Call(
    String method,
    String path,
    String rawPath,
    String rawQuery,
    Map<String, List<String>> headers,
    byte[] body) {

  /** The first value of a header; the case of its name does not matter. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /** Decoded query parameters in their order; a repeated name has several values. */
  public Map<String, List<String>> query() {
    return form(rawQuery);
  }

  /** The first value of a query parameter. */
  public Optional<String> query(String name) {
    return query().getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The body read as {@code application/x-www-form-urlencoded}. */
  public Map<String, List<String>> form() {
    return form(text());
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static Map<String, List<String>> form(String encoded) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : encoded.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        values.computeIfAbsent(decode(name), n -> new ArrayList<>()).add(decode(value));
      }
    }
    return values;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
