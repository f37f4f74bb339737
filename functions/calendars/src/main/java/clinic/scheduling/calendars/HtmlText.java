package clinic.scheduling.calendars;

import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.TextNode;

/**
 * Converts between plain text and the HTML that providers accept and return ({@code
 * docs/facts/google.md} 2, {@code docs/facts/outlook.md} 2).
 */
public final class HtmlText {
  private static final String LINE = "\n";

  /** The largest number of characters that escaping produces for one character. */
  private static final int LONGEST_ESCAPE = 6;

  private HtmlText() {}

  /**
   * HTML that shows exactly this text, line by line.
   *
   * @param most the largest allowed number of characters of HTML; a longer text is cut
   */
  public static String of(String text, int most) {
    String whole = escaped(PlainText.lines(text, most));
    return whole.length() <= most ? whole : escaped(PlainText.lines(text, most / LONGEST_ESCAPE));
  }

  /** The text that a reader of the HTML sees. */
  public static String visibleText(String html) {
    Document page = Jsoup.parse(html);
    for (Element element : page.select("br, p, div, li, tr, h1, h2, h3, h4")) {
      element.before(new TextNode(LINE)).after(new TextNode(LINE));
    }
    return page.body().wholeText();
  }

  private static String escaped(String text) {
    return text.lines().map(Entities::escape).collect(Collectors.joining("<br>"));
  }
}
