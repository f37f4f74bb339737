package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Entities;

/**
 * The body of an event as Exchange returns it: as HTML unless the client prefers text, however it
 * was sent. Exchange may turn addresses in it into links.
 */
final class GraphBody {
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<]+");

  private GraphBody() {}

  /** The form in which a body is returned. */
  enum Form {
    KEPT,
    TEXT,
    TEXT_OF_LINKS,
    HTML,
    HTML_WITH_LINKS;

    static Form of(boolean text, GraphSettings settings) {
      if (text) {
        return settings.linkedBodies() ? TEXT_OF_LINKS : TEXT;
      }
      return settings.linkedBodies() ? HTML_WITH_LINKS : HTML;
    }
  }

  static ObjectNode answer(JsonNode body, Form form) {
    String content = body.path("content").asText("");
    boolean html = body.path("contentType").asText().equals("html");
    return switch (form) {
      case KEPT -> body.deepCopy();
      case TEXT -> of("text", html ? text(content) : content);
      case TEXT_OF_LINKS ->
          of("text", ADDRESS.matcher(html ? text(content) : content).replaceAll("$0<$0>"));
      case HTML -> of("html", html ? content : page(Entities.escape(content)));
      case HTML_WITH_LINKS ->
          of(
              "html",
              html
                  ? content
                  : page(
                      ADDRESS
                          .matcher(Entities.escape(content))
                          .replaceAll("<a href=\"$0\">$0</a>")));
    };
  }

  private static ObjectNode of(String type, String content) {
    return Json.object().put("contentType", type).put("content", content);
  }

  private static String page(String escaped) {
    String lines = escaped.replace("\r\n", "\n").replace("\n", "<br>\r\n");
    return "<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">"
        + "\r\n</head>\r\n<body>\r\n<div class=\"BodyFragment\"><font size=\"2\"><span"
        + " style=\"font-size:11pt\"><div class=\"PlainText\">"
        + lines
        + "</div></span></font></div>\r\n</body>\r\n</html>\r\n";
  }

  private static String text(String html) {
    Document page = Jsoup.parse(html);
    page.outputSettings().prettyPrint(false);
    page.select("br").before("\\n");
    page.select("p, div").before("\\n");
    return page.text().replace("\\n", "\r\n").strip();
  }
}
