package clinic.scheduling.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP request as it came over the wire.
 *
 * @param headers values by lower-case name, in their order
 */
record Request(
    String method,
    String rawPath,
    String rawQuery,
    String protocol,
    String sourceIp,
    Map<String, List<String>> headers,
    byte[] body) {

  /** Reads at most one byte more than {@code largestBody}. */
  static Request read(HttpExchange exchange, int largestBody) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
        exchange.getProtocol(),
        exchange.getRemoteAddress().getAddress().getHostAddress(),
        headers,
        exchange.getRequestBody().readNBytes(largestBody + 1));
  }

  /** The value of a header, several joined by a comma. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(values -> String.join(",", values));
  }

  /** The size of request line and headers in bytes, about. */
  int headSize() {
    int size = method.length() + rawPath.length() + rawQuery.length();
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      for (String value : header.getValue()) {
        size += header.getKey().length() + value.length() + 4;
      }
    }
    return size;
  }
}
