package clinic.scheduling.confirmations;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Parts of a MIME message (RFC 2045, RFC 2046): every body is base64, every line is short. */
final class Mime {
  private static final byte[] CRLF = {'\r', '\n'};

  private Mime() {}

  /** Headers and body of one part, without what stands before and after it. */
  record Part(List<String> headers, String body) {
    String text() {
      return String.join("\r\n", headers) + "\r\n\r\n" + body;
    }
  }

  static Part text(String type, String content) {
    return encoded(List.of("Content-Type: " + type + "; charset=UTF-8"), content);
  }

  static Part attachment(String type, String file, String content) {
    return encoded(
        List.of(
            "Content-Type: " + type + "; name=\"" + file + "\"",
            "Content-Disposition: attachment; filename=\"" + file + "\""),
        content);
  }

  /**
   * @param boundary begins with {@code =_}, which no base64 body has
   */
  static Part multipart(String kind, String boundary, List<Part> parts) {
    String body =
        parts.stream()
            .map(part -> "--" + boundary + "\r\n" + part.text() + "\r\n")
            .collect(Collectors.joining("", "", "--" + boundary + "--\r\n"));
    return new Part(
        List.of("Content-Type: multipart/" + kind + ";\r\n boundary=\"" + boundary + "\""), body);
  }

  private static Part encoded(List<String> headers, String content) {
    String body =
        Base64.getMimeEncoder(76, CRLF).encodeToString(content.getBytes(StandardCharsets.UTF_8));
    List<String> all = new ArrayList<>(headers);
    all.add("Content-Transfer-Encoding: base64");
    return new Part(List.copyOf(all), body);
  }
}
