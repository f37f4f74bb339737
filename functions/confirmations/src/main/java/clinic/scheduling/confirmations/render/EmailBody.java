package clinic.scheduling.confirmations.render;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Renders an e-mail as plain text and as HTML, from {@code templates/email.txt} and {@code
 * templates/email.html}. Qute escapes every value in the HTML, and checks the templates against
 * {@link EmailText} when the function is built. The HTML loads nothing from elsewhere.
 */
@Singleton
final class EmailBody {
  private final Template plain;
  private final Template html;

  @Inject
  EmailBody(@Location("email.txt") Template plain, @Location("email.html") Template html) {
    this.plain = plain;
    this.html = html;
  }

  String plain(EmailText text, String clinic) {
    return rendered(plain, text, clinic);
  }

  String html(EmailText text, String clinic) {
    return rendered(html, text, clinic);
  }

  private static String rendered(Template template, EmailText text, String clinic) {
    return template.data("mail", text).data("clinic", clinic).render();
  }
}
