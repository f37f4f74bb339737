package clinic.scheduling.confirmations;

import java.util.stream.Collectors;

/** One e-mail's words as plain text and as HTML. */
final class EmailBody {
  private static final String STYLE = "font-family:sans-serif;font-size:16px;color:#1a1a1a";
  private static final String BYE =
      "Please do not answer this message with anything about your health. To reach us, call ";

  private EmailBody() {}

  static String plain(EmailText text, String clinic, String phone) {
    String facts =
        text.lines().stream()
            .map(line -> "  " + line.name() + ": " + line.value())
            .collect(Collectors.joining("\n"));
    String manage =
        text.manageUrl().map(url -> "\n\nTo see, move or cancel your visit:\n" + url).orElse("");
    return text.greeting()
        + "\n\n"
        + text.news()
        + "\n\n"
        + facts
        + manage
        + "\n\n"
        + BYE
        + phone
        + ".\n\n"
        + clinic
        + "\n";
  }

  static String html(EmailText text, String clinic, String phone) {
    String facts =
        text.lines().stream()
            .map(line -> "<dt><b>" + escaped(line.name()) + "</b></dt><dd>" + value(line) + "</dd>")
            .collect(Collectors.joining("\n"));
    String manage =
        text.manageUrl()
            .map(url -> "<p>" + link(url, "See, move or cancel your visit") + "</p>\n")
            .orElse("");
    return """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="UTF-8"><title>%s</title></head>
        <body style="%s">
        <p><bdi>%s</bdi></p>
        <p>%s</p>
        <dl>
        %s
        </dl>
        %s<p>%s%s.</p>
        <p>%s</p>
        </body></html>
        """
        .formatted(
            escaped(text.subject()),
            STYLE,
            escaped(text.greeting()),
            escaped(text.news()),
            facts,
            manage,
            BYE,
            escaped(phone),
            escaped(clinic));
  }

  private static String value(EmailText.Line line) {
    return line.value().startsWith("https://") || line.value().startsWith("http://")
        ? link(line.value(), line.value())
        : escaped(line.value());
  }

  private static String link(String url, String words) {
    return "<a href=\"" + escaped(url) + "\">" + escaped(words) + "</a>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
