package clinic.scheduling.sandbox.canvas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The search parameters of Appointment; unknown ones do nothing. */
final class AppointmentSearch {
  private AppointmentSearch() {}

  static List<ObjectNode> of(FhirCall call, List<AppointmentEntry.Version> all) {
    Map<String, List<String>> parameters = call.parameters();
    return all.stream()
        .filter(version -> matchesAll(parameters, version))
        .sorted(order(call))
        .map(AppointmentEntry.Version::document)
        .toList();
  }

  private static boolean matchesAll(
      Map<String, List<String>> parameters, AppointmentEntry.Version version) {
    return parameters.entrySet().stream()
        .allMatch(
            parameter ->
                parameter.getValue().stream()
                    .allMatch(value -> matches(parameter.getKey(), value, version)));
  }

  private static boolean matches(String name, String value, AppointmentEntry.Version version) {
    JsonNode document = version.document();
    return switch (name) {
      case "_id" -> document.path("id").asText().equals(value);
      case "status" -> List.of(value.split(",")).contains(version.status());
      case "date" -> DateFilter.parse(name, value).accepts(version.interval().start());
      case "practitioner" -> value.equals("Practitioner/" + version.practitioner());
      case "patient" ->
          version.patient().map(patient -> value.equals("Patient/" + patient)).orElse(false);
      case "location" -> Codes.references(document.path("supportingInformation")).contains(value);
      case "identifier" -> Codes.anyMatches(document.path("identifier"), "value", value);
      case "appointment-type" ->
          Codes.anyMatches(document.path("appointmentType").path("coding"), "code", value);
      default -> true;
    };
  }

  private static Comparator<AppointmentEntry.Version> order(FhirCall call) {
    String sort = call.first("_sort").orElse("");
    boolean descending = sort.startsWith("-");
    Comparator<AppointmentEntry.Version> ascending =
        switch (descending ? sort.substring(1) : sort) {
          case "date" -> Comparator.comparing(version -> version.interval().start());
          case "patient" -> Comparator.comparing(version -> version.patient().orElse(""));
          case "practitioner" -> Comparator.comparing(AppointmentEntry.Version::practitioner);
          default -> Comparator.comparing(same -> 0);
        };
    return descending ? ascending.reversed() : ascending;
  }
}
