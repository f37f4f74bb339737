package clinic.scheduling.sandbox.canvas.patients;

import clinic.scheduling.sandbox.canvas.fhir.FhirCall;
import clinic.scheduling.sandbox.canvas.fhir.TokenFilter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The search parameters of Patient that a scheduler needs. Unknown ones have no effect. */
final class PatientSearch {
  private PatientSearch() {}

  static List<ObjectNode> of(FhirCall call, Stream<ObjectNode> all) {
    return all.filter(
            patient ->
                call.parameters().entrySet().stream()
                    .allMatch(
                        parameter ->
                            parameter.getValue().stream()
                                .allMatch(value -> matches(parameter.getKey(), value, patient))))
        .sorted(order(call.first("_sort").orElse("")))
        .toList();
  }

  private static boolean matches(String name, String value, ObjectNode patient) {
    return switch (name) {
      case "_id" -> patient.path("id").asText().equals(value);
      case "identifier" -> TokenFilter.anyMatches(patient.path("identifier"), "value", value);
      case "birthdate", "birthDate" -> patient.path("birthDate").asText().equals(value);
      case "family" -> names(patient, "official", "family").anyMatch(part -> begins(part, value));
      case "given" -> names(patient, "official", "given").anyMatch(part -> begins(part, value));
      case "nickname" -> names(patient, "nickname", "given").anyMatch(part -> begins(part, value));
      case "name" ->
          Stream.concat(names(patient, "official", "family"), names(patient, "official", "given"))
              .anyMatch(part -> lower(part).contains(lower(value)));
      case "email" -> telecom(patient, "email").anyMatch(value::equalsIgnoreCase);
      case "phone" ->
          telecom(patient, "phone").anyMatch(phone -> digits(phone).equals(digits(value)));
      case "gender" -> patient.path("gender").asText().equals(value);
      case "active" -> patient.path("active").asText().equals(value);
      default -> true;
    };
  }

  private static Comparator<ObjectNode> order(String sort) {
    boolean descending = sort.startsWith("-");
    Comparator<ObjectNode> ascending =
        switch (descending ? sort.substring(1) : sort) {
          case "_id" -> Comparator.comparing(patient -> patient.path("id").asText());
          case "birthdate" -> Comparator.comparing(patient -> patient.path("birthDate").asText());
          case "family", "given" ->
              Comparator.comparing(
                  patient ->
                      names(patient, "official", descending ? sort.substring(1) : sort)
                          .findFirst()
                          .orElse(""));
          default -> Comparator.comparing(same -> 0);
        };
    return descending ? ascending.reversed() : ascending;
  }

  private static Stream<String> names(ObjectNode patient, String use, String part) {
    return patient
        .path("name")
        .valueStream()
        .filter(name -> name.path("use").asText().equals(use))
        .map(name -> name.path(part))
        .flatMap(value -> value.isArray() ? value.valueStream() : Stream.of(value))
        .map(JsonNode::asText);
  }

  private static Stream<String> telecom(ObjectNode patient, String system) {
    return patient
        .path("telecom")
        .valueStream()
        .filter(telecom -> telecom.path("system").asText().equals(system))
        .map(telecom -> telecom.path("value").asText());
  }

  private static boolean begins(String text, String start) {
    return lower(text).startsWith(lower(start));
  }

  private static String digits(String phone) {
    String digits = phone.replaceAll("\\D", "");
    return digits.length() == 11 && digits.startsWith("1") ? digits.substring(1) : digits;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
