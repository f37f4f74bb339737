package clinic.scheduling.core.invite;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Content lines of RFC 5545 section 3.1: escaped, folded at 75 octets, ended by CRLF. */
final class Lines {
  private static final int OCTETS = 75;

  private Lines() {}

  /** A TEXT value (section 3.3.11); other control characters are dropped. */
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

  /** A quoted parameter value (section 3.2); quotes and control characters cannot stand in one. */
  static String quoted(String text) {
    return "\"" + bare(text).replace("\"", "'") + "\"";
  }

  /** Text that goes out unescaped, freed of everything that could end its line. */
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
