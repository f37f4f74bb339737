package clinic.scheduling.intake;

import static clinic.scheduling.intake.CanvasNotice.appointment;
import static clinic.scheduling.intake.CanvasNotice.matching;
import static clinic.scheduling.intake.CanvasNotice.notice;

import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.queue.ChangeNotice;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The payloads of the Workflow Kit protocol of the seed guide, and of ours, which also tells of
 * changes in place. At most one flag is true and says what happened; a later form of the seed's has
 * none for a change in place. Where the appointment is null the patient is named instead.
 */
final class WorkflowKitNotice {
  private static final Pattern PATIENT = Pattern.compile("[0-9a-f]{32}");
  private static final List<String> FLAGS =
      List.of(
          "created", "rescheduled", "updated", "cancelled", "no_show", "reverted", "checked_in");

  private WorkflowKitNotice() {}

  static boolean isOne(JsonNode body) {
    return body.has("canvas_patient_key") || body.has("appointment_external_id");
  }

  static ChangeNotice read(JsonNode body, String noticeId, Instant now) {
    JsonNode named = body.path("appointment_external_id");
    String appointment = named.isNull() ? "" : appointment(named, "appointment_external_id");
    String patient =
        matching(
            body.path("canvas_patient_key"),
            "canvas_patient_key",
            PATIENT,
            "must be a Canvas patient key");
    String hint = hint(body);
    requireTime(body, "start_time");
    requireTime(body, "end_time");
    return appointment.isEmpty()
        ? ChangeNotice.ofPatient(patient, hint, noticeId, now)
        : notice(appointment, hint, noticeId, now);
  }

  private static String hint(JsonNode body) {
    String hint = "changed";
    for (String flag : FLAGS) {
      if (isSet(body, flag)) {
        if (!hint.equals("changed")) {
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

  /** A time is not used, but one that is none shows that this is not what we take it for. */
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
}
