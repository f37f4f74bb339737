package clinic.scheduling.intake;

import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.queue.ChangeNotice;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses the three forms of notice that Canvas may send: the thin notice of our plugin ({@code
 * infra/canvas-plugin}), the payload of the Workflow Kit protocol ({@code docs/facts/canvas.md}
 * 5.1), and the payload of a community plugin ({@code docs/facts/canvas.md} 5.3). It keeps only
 * ids; names and times are dropped.
 */
final class ParseCanvasNotice {
  private static final Pattern APPOINTMENT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern PATIENT = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern EVENT = Pattern.compile("[A-Z][A-Z_]{0,63}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z_]{0,63}");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private static final String UNSPECIFIED = "changed";
  private static final List<String> WORKFLOW_KIT_FLAGS =
      List.of(
          "created", "rescheduled", "updated", "cancelled", "no_show", "reverted", "checked_in");

  private ParseCanvasNotice() {}

  /**
   * @throws clinic.scheduling.core.http.Problem.ProblemException if a field is invalid; the problem
   *     names the field
   */
  static ChangeNotice parse(JsonNode body, String noticeId, Instant now) {
    if (body.has("canvas_patient_key") || body.has("appointment_external_id")) {
      return workflowKit(body, noticeId, now);
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

  /**
   * Parses the payload of the Workflow Kit. Its appointment may be null; then the notice names only
   * the patient.
   */
  private static ChangeNotice workflowKit(JsonNode body, String noticeId, Instant now) {
    JsonNode id = body.path("appointment_external_id");
    String appointment = id.isNull() ? "" : appointment(id, "appointment_external_id");
    String patient =
        matching(
            body.path("canvas_patient_key"),
            "canvas_patient_key",
            PATIENT,
            "must be a Canvas patient key");
    String hint = workflowKitHint(body);
    requireTime(body, "start_time");
    requireTime(body, "end_time");
    return appointment.isEmpty()
        ? ChangeNotice.ofPatient(patient, hint, noticeId, now)
        : notice(appointment, hint, noticeId, now);
  }

  /**
   * The hint, which is the name of the flag that is true. At most one flag may be true. If none is
   * true, the hint is {@code changed}.
   */
  private static String workflowKitHint(JsonNode body) {
    String hint = UNSPECIFIED;
    for (String flag : WORKFLOW_KIT_FLAGS) {
      if (isSet(body, flag)) {
        if (!hint.equals(UNSPECIFIED)) {
          throw Problem.invalid(flag, "must not be true beside " + hint).asException();
        }
        hint = flag;
      }
    }
    return hint;
  }

  private static boolean isSet(JsonNode body, String flag) {
    if (body.has(flag) && !body.path(flag).isBoolean()) {
      throw Problem.invalid(flag, "must be true or false").asException();
    }
    return body.path(flag).asBoolean();
  }

  /**
   * We ignore the times. But if a time cannot be parsed, the body is not a Workflow Kit payload.
   */
  private static void requireTime(JsonNode body, String field) {
    JsonNode time = body.path(field);
    if (!time.isMissingNode() && !time.isNull() && !(time.isTextual() && isTime(time.asText()))) {
      throw Problem.invalid(field, "must be a time with offset").asException();
    }
  }

  private static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static ChangeNotice notice(
      String appointment, String hint, String noticeId, Instant now) {
    return new ChangeNotice(1, appointment, hint, noticeId, now.toString(), null, null, null);
  }

  private static String appointment(JsonNode node, String field) {
    return matching(node, field, APPOINTMENT, "must be the UUID of a Canvas appointment");
  }

  /**
   * The text of a field; it must have the given form. An invalid value is never repeated in the
   * answer.
   */
  private static String matching(JsonNode node, String field, Pattern form, String expected) {
    if (!node.isTextual() || !form.matcher(node.asText()).matches()) {
      throw Problem.invalid(field, expected).asException();
    }
    return node.asText();
  }
}
