package clinic.scheduling.core.invite;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Content lines (RFC 5545 section 3.1): escaped, folded at 75 octets, ended by CRLF. Why this is
 * our own code: docs/decisions/0042-libraries-and-our-own-code.md.
 */
final class Lines {
  private static final int OCTETS = 75;

  private Lines() {}

  /** A TEXT value (section 3.3.11), without control characters other than line ends. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.replace("\r\n", "\n")
        .codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '\\', ';', ',' -> escaped.append('\\').appendCodePoint(point);
                case '\n' -> escaped.append("\\n");
                default -> {
                  if (!Character.isISOControl(point)) {
                    escaped.appendCodePoint(point);
                  }
                }
              }
            });
    return escaped.toString();
  }

  /** A quoted parameter value (section 3.2), which cannot contain quotes or control characters. */
  static String quoted(String text) {
    return "\"" + bare(text).replace("\"", "'") + "\"";
  }

  /** Text without control characters, for places where nothing is escaped. */
  static String bare(String text) {
    return text.replaceAll("\\p{Cc}", "");
  }

  static String folded(List<String> lines) {
    StringBuilder all = new StringBuilder();
    for (String line : lines) {
      fold(line, all);
    }
    return all.toString();
  }

  private static void fold(String line, StringBuilder out) {
    int used = 0;
    for (int i = 0; i < line.length(); i += Character.charCount(line.codePointAt(i))) {
      String character = Character.toString(line.codePointAt(i));
      int octets = character.getBytes(StandardCharsets.UTF_8).length;
      if (used + octets > OCTETS) {
        out.append("\r\n ");
        used = 1;
      }
      out.append(character);
      used += octets;
    }
    out.append("\r\n");
  }
}
