package clinic.scheduling.sandbox.canvas;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Recorded and derived examples of calls to and from Canvas, which tests replay. */
public final class CanvasExamples {
  private static final List<String> NAMES =
      List.of(
          "01-token-client-credentials",
          "02-token-patient-scoped",
          "03-token-invalid-client",
          "04-schedule-search",
          "05-slot-search",
          "06-slot-search-none",
          "07-slot-search-missing-schedule",
          "08-practitioner-search",
          "09-location-search",
          "10-patient-search-match",
          "11-patient-search-none",
          "12-patient-create",
          "13-appointment-create-telehealth",
          "14-appointment-create-structured-rfv",
          "15-appointment-create-blocked-time",
          "16-appointment-create-double-booked",
          "17-appointment-create-unknown-type",
          "18-appointment-create-type-not-scheduleable",
          "19-appointment-create-unknown-rfv",
          "20-appointment-create-missing-participant",
          "21-appointment-create-legacy-null-body",
          "22-appointment-read",
          "23-appointment-read-unknown",
          "24-appointment-search-by-identifier",
          "25-appointment-search-range-page-1",
          "26-appointment-search-range-page-2",
          "27-appointment-search-none",
          "28-appointment-update-move",
          "29-appointment-update-double-booked",
          "30-appointment-cancel",
          "31-appointment-update-change-patient",
          "32-appointment-update-precondition-failed",
          "33-appointment-update-id-mismatch",
          "34-appointment-read-superseded-by-reschedule",
          "35-appointment-read-replacement",
          "36-appointment-delete",
          "37-communication-create",
          "38-unauthorized",
          "39-forbidden",
          "40-server-error",
          "41-note-mark-no-show",
          "42-notify-created",
          "43-notify-rescheduled",
          "44-notify-cancelled",
          "45-notify-no-show",
          "46-notify-reverted",
          "47-notify-checked-in",
          "48-notify-cancelled-null-id",
          "49-notify-sdk-plugin");

  private CanvasExamples() {}

  /**
   * One example.
   *
   * @param name the file name without its ending
   * @param target {@code fhir}, {@code emr} or {@code subscriber}
   * @param evidence {@code documented}, or a note on how certain each part is
   * @param body empty for none; text for a form, JSON otherwise
   * @param responseBody null for the literal {@code null}, empty text for nothing
   */
  public record Example(
      String name,
      String target,
      String evidence,
      String method,
      String path,
      Map<String, String> headers,
      JsonNode body,
      int status,
      Map<String, String> responseHeaders,
      JsonNode responseBody) {

    /** Whether Canvas documents all parts of the example, so that tests may compare it exactly. */
    public boolean documented() {
      return evidence.equals("documented");
    }

    /** The request body as it goes over the wire, empty for none. */
    public String bodyText() {
      return body.isTextual() ? body.asText() : body.isNull() ? "" : body.toString();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public static List<Example> all() {
    return NAMES.stream().map(CanvasExamples::load).toList();
  }

  /**
   * The example with this number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Example number(int number) {
    String prefix = "%02d-".formatted(number);
    return NAMES.stream()
        .filter(name -> name.startsWith(prefix))
        .findFirst()
        .map(CanvasExamples::load)
        .orElseThrow(() -> new IllegalArgumentException("there is no example " + number));
  }

  private static Example load(String name) {
    try (InputStream file =
        CanvasExamples.class.getResourceAsStream("/canvas-examples/" + name + ".json")) {
      if (file == null) {
        throw new IllegalStateException("canvas-examples/" + name + ".json is missing");
      }
      return example(name, Json.MAPPER.readTree(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Example example(String name, JsonNode file) {
    return new Example(
        name,
        file.path("_meta").path("target").asText(),
        file.path("_meta").path("evidence").asText(),
        file.path("method").asText(),
        file.path("path").asText(),
        texts(file.path("headers")),
        file.path("body"),
        file.path("status").asInt(),
        texts(file.path("responseHeaders")),
        file.path("responseBody"));
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }
}
