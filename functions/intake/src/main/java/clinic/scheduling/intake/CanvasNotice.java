package clinic.scheduling.intake;

import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.queue.ChangeNotice;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The three forms in which Canvas tells of a change: our plugin's thin notice, the seed's protocol,
 * and a community plugin's. Only ids are taken from them; names and times are left behind here.
 */
final class CanvasNotice {
  private static final Pattern APPOINTMENT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern EVENT = Pattern.compile("[A-Z][A-Z_]{0,63}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z_]{0,63}");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private CanvasNotice() {}

  /**
   * @throws clinic.scheduling.core.http.Problem.ProblemException naming the field that is wrong
   */
  static ChangeNotice read(JsonNode body, String noticeId, Instant now) {
    if (WorkflowKitNotice.isOne(body)) {
      return WorkflowKitNotice.read(body, noticeId, now);
    }
    if (body.has("event_type")) {
      return community(body, noticeId, now);
    }
    return thin(body, noticeId, now);
  }

  private static ChangeNotice thin(JsonNode body, String noticeId, Instant now) {
    JsonNode version = body.path("v");
    if (!version.isIntegralNumber() || !version.canConvertToInt() || version.asInt() != 1) {
      throw Problem.invalid("v", "must be 1").asException();
    }
    String event = matching(body.path("event"), "event", EVENT, "must be a Canvas event");
    String appointment = appointment(body.path("appointment"), "appointment");
    ChangeNotice notice = notice(appointment, event, noticeId, now);
    return Optional.of(body.path("identifier"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(IDENTIFIER.asMatchPredicate())
        .map(notice::withCorrelation)
        .orElse(notice);
  }

  private static ChangeNotice community(JsonNode body, String noticeId, Instant now) {
    String event = matching(body.path("event_type"), "event_type", WORD, "must be an event");
    String appointment = appointment(body.path("appointment").path("id"), "appointment.id");
    return notice(appointment, event, noticeId, now);
  }

  static ChangeNotice notice(String appointment, String hint, String noticeId, Instant now) {
    return new ChangeNotice(1, appointment, hint, noticeId, now.toString(), null, null, null);
  }

  static String appointment(JsonNode node, String field) {
    return matching(node, field, APPOINTMENT, "must be the UUID of a Canvas appointment");
  }

  /** The text of a field that must have a form; a value that does not is never repeated. */
  static String matching(JsonNode node, String field, Pattern form, String expected) {
    if (!node.isTextual() || !form.matcher(node.asText()).matches()) {
      throw Problem.invalid(field, expected).asException();
    }
    return node.asText();
  }
}
