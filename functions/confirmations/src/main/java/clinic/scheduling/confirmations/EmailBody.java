package clinic.scheduling.confirmations;

import clinic.scheduling.core.practice.MessageText;
import java.util.stream.Collectors;

/** One e-mail's words as plain text and as HTML that needs nothing from elsewhere. */
final class EmailBody {
  private EmailBody() {}

  static String plain(EmailText text, String clinic) {
    String facts =
        text.lines().stream()
            .map(line -> "  " + line.name() + ": " + line.value())
            .collect(Collectors.joining("\n"));
    String manage =
        text.manageUrl()
            .map(url -> "\n\n" + text.words().text(MessageText.MANAGE_ADDRESS) + "\n" + url)
            .orElse("");
    return text.greeting()
        + "\n\n"
        + text.news()
        + "\n\n"
        + facts
        + manage
        + "\n\n"
        + String.join("\n\n", text.closing())
        + "\n\n"
        + clinic
        + "\n";
  }

  static String html(EmailText text, String clinic) {
    String facts = text.lines().stream().map(EmailBody::row).collect(Collectors.joining("\n"));
    String manage =
        text.manageUrl()
            .map(url -> "<p>" + button(url, text.words().text(MessageText.MANAGE_LINK)) + "</p>\n")
            .orElse("");
    String closing =
        text.closing().stream()
            .map(words -> "<p style=\"font-size:14px;color:#595959\">" + escaped(words) + "</p>")
            .collect(Collectors.joining("\n"));
    return """
        <!DOCTYPE html>
        <html lang="%s"><head><meta charset="UTF-8">
        <meta name="viewport" content="width=device-width"><title>%s</title></head>
        <body style="margin:0;padding:24px 16px;background:#f4f4f4;font-family:sans-serif;font-size:16px;line-height:1.5;color:#1a1a1a">
        <div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px">
        <p style="margin-top:0"><bdi>%s</bdi></p>
        <p>%s</p>
        <table role="presentation" style="border-collapse:collapse;width:100%%;table-layout:fixed">
        %s
        </table>
        %s%s
        <p style="margin-bottom:0"><b>%s</b></p>
        </div>
        </body></html>
        """
        .formatted(
            escaped(text.words().language()),
            escaped(text.subject()),
            escaped(text.greeting()),
            escaped(text.news()),
            facts,
            manage,
            closing,
            escaped(clinic));
  }

  private static String row(EmailText.Line line) {
    return "<tr><th scope=\"row\" style=\"text-align:left;vertical-align:top;width:6.5em;"
        + "padding:6px 12px 6px 0;font-weight:600\">"
        + escaped(line.name())
        + "</th><td style=\"padding:6px 0;overflow-wrap:anywhere\">"
        + value(line)
        + "</td></tr>";
  }

  private static String value(EmailText.Line line) {
    return line.value().startsWith("https://") || line.value().startsWith("http://")
        ? "<a href=\"" + escaped(line.value()) + "\">" + escaped(line.value()) + "</a>"
        : escaped(line.value());
  }

  private static String button(String url, String words) {
    return "<a href=\""
        + escaped(url)
        + "\" style=\"display:inline-block;padding:12px 20px;border-radius:6px;"
        + "background:#0b5cad;color:#ffffff;text-decoration:none;font-weight:600\">"
        + escaped(words)
        + "</a>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
