package clinic.scheduling.sandbox.canvas.appointments;

import clinic.scheduling.sandbox.canvas.fhir.DateFilter;
import clinic.scheduling.sandbox.canvas.fhir.FhirCall;
import clinic.scheduling.sandbox.canvas.fhir.TokenFilter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The search parameters of Appointment. Unknown ones have no effect. */
final class AppointmentSearch {
  private AppointmentSearch() {}

  static List<ObjectNode> of(FhirCall call, List<AppointmentHistory.Version> all) {
    Predicate<AppointmentHistory.Version> wanted =
        call.parameters().entrySet().stream()
            .flatMap(
                parameter ->
                    parameter.getValue().stream().map(value -> filter(parameter.getKey(), value)))
            .reduce(version -> true, Predicate::and);
    return all.stream()
        .filter(wanted)
        .sorted(order(call))
        .map(AppointmentHistory.Version::document)
        .toList();
  }

  /** Parses the value once for all appointments. */
  private static Predicate<AppointmentHistory.Version> filter(String name, String value) {
    return switch (name) {
      case "_id" -> version -> version.document().path("id").asText().equals(value);
      case "status" -> {
        List<String> statuses = List.of(value.split(","));
        yield version -> statuses.contains(version.status());
      }
      case "date" -> {
        DateFilter dates = DateFilter.parse(name, value);
        yield version -> dates.accepts(version.interval().start());
      }
      case "practitioner" -> version -> value.equals("Practitioner/" + version.practitioner());
      case "patient" ->
          version -> version.patient().filter(key -> value.equals("Patient/" + key)).isPresent();
      case "location" ->
          version ->
              TokenFilter.references(version.document().path("supportingInformation"))
                  .contains(value);
      case "identifier" ->
          version -> TokenFilter.anyMatches(version.document().path("identifier"), "value", value);
      case "appointment-type" ->
          version ->
              TokenFilter.anyMatches(
                  version.document().path("appointmentType").path("coding"), "code", value);
      default -> version -> true;
    };
  }

  private static Comparator<AppointmentHistory.Version> order(FhirCall call) {
    String sort = call.first("_sort").orElse("");
    boolean descending = sort.startsWith("-");
    Comparator<AppointmentHistory.Version> ascending =
        switch (descending ? sort.substring(1) : sort) {
          case "date" -> Comparator.comparing(version -> version.interval().start());
          case "patient" -> Comparator.comparing(version -> version.patient().orElse(""));
          case "practitioner" -> Comparator.comparing(AppointmentHistory.Version::practitioner);
          default -> Comparator.comparing(same -> 0);
        };
    return descending ? ascending.reversed() : ascending;
  }
}
