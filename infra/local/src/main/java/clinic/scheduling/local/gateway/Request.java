package clinic.scheduling.local.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;

/**
 * An HTTP request as it was received.
 *
 * @param headers the values by lower-case name, in order
 */
record Request(
    String method,
    String rawPath,
    String rawQuery,
    String protocol,
    String sourceIp,
    Map<String, List<String>> headers,
    byte[] body) {

  /** The largest body that API Gateway takes, in bytes. */
  private static final int LARGEST_BODY = 10 * 1024 * 1024;

  /** The largest request line with headers that API Gateway takes, in bytes. */
  static final int LARGEST_HEAD = 10_240;

  /** Reads a request. It reads at most one byte of a body beyond the limit. */
  static Request read(org.eclipse.jetty.server.Request request) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>();
    for (HttpField header : request.getHeaders()) {
      headers
          .computeIfAbsent(header.getLowerCaseName(), name -> new ArrayList<>())
          .add(Objects.requireNonNullElse(header.getValue(), ""));
    }
    return new Request(
        request.getMethod(),
        Objects.requireNonNullElse(request.getHttpURI().getPath(), ""),
        Objects.requireNonNullElse(request.getHttpURI().getQuery(), ""),
        request.getConnectionMetaData().getProtocol(),
        org.eclipse.jetty.server.Request.getRemoteAddr(request),
        headers,
        Content.Source.asInputStream(request).readNBytes(LARGEST_BODY + 1));
  }

  /** The value of a header. Several values are joined by commas. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(values -> String.join(",", values));
  }

  boolean isBodyTooLarge() {
    return body.length > LARGEST_BODY;
  }

  /** Whether the request line with the headers is too large. The size is estimated. */
  boolean isHeadTooLarge() {
    int size = method.length() + rawPath.length() + rawQuery.length();
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      for (String value : header.getValue()) {
        size += header.getKey().length() + value.length() + 4;
      }
    }
    return size > LARGEST_HEAD;
  }
}
