package clinic.scheduling.intake;

import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.queue.ChangeNotice;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The three forms in which Canvas tells of a change: our plugin's thin notice, the seed's protocol,
 * and a community plugin's. Only ids are taken from them; names and times are left behind here.
 */
final class CanvasNotice {
  private static final Pattern APPOINTMENT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern PATIENT = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z_]{0,63}");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final List<String> SEED_HINTS =
      List.of("created", "rescheduled", "cancelled", "no_show", "reverted", "checked_in");

  private CanvasNotice() {}

  /**
   * @throws clinic.scheduling.core.http.ProblemException naming the field that is wrong
   */
  static ChangeNotice read(JsonNode body, String noticeId, Instant now) {
    if (body.has("canvas_patient_key") || body.has("appointment_external_id")) {
      return seed(body, noticeId, now);
    }
    if (body.has("event_type")) {
      return community(body, noticeId, now);
    }
    return thin(body, noticeId, now);
  }

  private static ChangeNotice thin(JsonNode body, String noticeId, Instant now) {
    if (!body.path("v").isIntegralNumber() || body.path("v").asInt() != 1) {
      throw Problem.invalid("v", "must be 1").asException();
    }
    String event = matching(body.path("event"), "event", WORD, "must be a Canvas event");
    String appointment = appointment(body.path("appointment"), "appointment");
    ChangeNotice notice = notice(appointment, event, noticeId, now);
    return Optional.of(body.path("identifier"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(IDENTIFIER.asMatchPredicate())
        .map(notice::withCorrelation)
        .orElse(notice);
  }

  private static ChangeNotice seed(JsonNode body, String noticeId, Instant now) {
    String hint =
        SEED_HINTS.stream()
            .filter(word -> body.path(word).asBoolean())
            .findFirst()
            .orElse("changed");
    if (!body.path("appointment_external_id").isNull()) {
      return notice(
          appointment(body.path("appointment_external_id"), "appointment_external_id"),
          hint,
          noticeId,
          now);
    }
    String patient =
        matching(
            body.path("canvas_patient_key"),
            "canvas_patient_key",
            PATIENT,
            "must be a Canvas patient key");
    return ChangeNotice.ofPatient(patient, hint, noticeId, now);
  }

  private static ChangeNotice community(JsonNode body, String noticeId, Instant now) {
    String event = matching(body.path("event_type"), "event_type", WORD, "must be an event");
    String appointment = appointment(body.path("appointment").path("id"), "appointment.id");
    return notice(appointment, event, noticeId, now);
  }

  private static ChangeNotice notice(
      String appointment, String hint, String noticeId, Instant now) {
    return new ChangeNotice(1, appointment, hint, noticeId, now.toString(), null, null);
  }

  private static String appointment(JsonNode node, String field) {
    return matching(node, field, APPOINTMENT, "must be the UUID of a Canvas appointment");
  }

  private static String matching(JsonNode node, String field, Pattern form, String expected) {
    if (!node.isTextual() || !form.matcher(node.asText()).matches()) {
      throw Problem.invalid(field, expected).asException();
    }
    return node.asText();
  }
}
