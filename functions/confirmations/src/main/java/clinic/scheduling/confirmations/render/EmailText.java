package clinic.scheduling.confirmations.render;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the templates of an e-mail, {@code templates/email.txt} and {@code templates/email.html},
 * show. Qute checks them against this type when the function is built.
 *
 * @param language the BCP 47 name of the language, for {@code <html lang>}
 * @param manage how to change the visit; null for a cancelled one
 * @param closing how to reach the clinic, and for a reminder how to stop reminders
 */
record EmailText(
    String language,
    String subject,
    String greeting,
    String news,
    List<Fact> facts,
    @Nullable Manage manage,
    List<String> closing) {

  /**
   * One fact about the visit, with its name.
   *
   * @param isLink whether the HTML shows the value as a link
   */
  record Fact(String name, String value, boolean isLink) {}

  /**
   * The link to the page of the visit.
   *
   * @param intro stands before the address in plain text
   * @param button stands on the link in HTML
   */
  record Manage(String intro, String button, String url) {}
}
