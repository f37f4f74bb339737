package clinic.scheduling.calendars;

import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.TextNode;

/** Text where a provider takes, or gives back, HTML. */
public final class HtmlText {
  private static final String LINE = "\n";

  /** No text becomes longer by more than this when it is escaped. */
  private static final int LONGEST_ESCAPE = 6;

  private HtmlText() {}

  /**
   * HTML that shows the text and nothing else, each line on a line of its own.
   *
   * @param most characters of HTML; a longer text is cut
   */
  public static String of(String text, int most) {
    String whole = escaped(PlainText.lines(text, most));
    return whole.length() <= most ? whole : escaped(PlainText.lines(text, most / LONGEST_ESCAPE));
  }

  /** What a reader sees of HTML. */
  public static String seen(String html) {
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
