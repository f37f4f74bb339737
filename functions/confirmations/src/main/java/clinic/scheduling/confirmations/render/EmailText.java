package clinic.scheduling.confirmations.render;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content that the templates of an e-mail show, {@code templates/email.txt} and {@code
 * templates/email.html}. Qute checks the templates against this type when the function is built.
 *
 * @param language the BCP 47 tag of the language, for {@code <html lang>}
 * @param manage the link with which to change the visit; null if the visit is cancelled
 * @param closing the sentences at the end: how to reach the clinic and, in a reminder, how to stop
 *     reminders
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
   * One fact about the visit, with its label.
   *
   * @param isLink whether the HTML shows the value as a link
   */
  record Fact(String name, String value, boolean isLink) {}

  /**
   * The link to the page of the visit.
   *
   * @param intro the sentence before the address in the plain text
   * @param button the words on the link in the HTML
   */
  record Manage(String intro, String button, String url) {}
}
