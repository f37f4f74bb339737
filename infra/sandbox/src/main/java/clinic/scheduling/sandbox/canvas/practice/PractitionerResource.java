package clinic.scheduling.sandbox.canvas.practice;

import clinic.scheduling.sandbox.canvas.Clinician;
import clinic.scheduling.sandbox.canvas.fhir.FhirCall;
import clinic.scheduling.sandbox.canvas.fhir.FhirException;
import clinic.scheduling.sandbox.canvas.fhir.FhirReplies;
import clinic.scheduling.sandbox.canvas.fhir.FhirResource;
import clinic.scheduling.sandbox.canvas.fhir.SearchSet;
import clinic.scheduling.sandbox.canvas.fhir.TokenFilter;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** {@code /Practitioner}: read and search. There is no search by specialty, licence or location. */
public final class PractitionerResource implements FhirResource {
  private final Directory directory;

  public PractitionerResource(Directory directory) {
    this.directory = directory;
  }

  @Override
  public Reply search(FhirCall call) {
    String active = call.first("active").orElse("true");
    boolean everyone =
        call.first("include-non-schedulable-practitioners").orElse("").equals("true");
    List<ObjectNode> matches =
        directory.clinicians().stream()
            .filter(clinician -> everyone || clinician.schedulable())
            .map(Clinician::resource)
            .filter(resource -> resource.path("active").asText().equals(active))
            .filter(
                resource ->
                    call.parameters().entrySet().stream()
                        .allMatch(
                            parameter ->
                                parameter.getValue().stream()
                                    .allMatch(
                                        value -> matches(parameter.getKey(), value, resource))))
            .toList();
    return FhirReplies.ok(SearchSet.page(call, matches));
  }

  @Override
  public Reply read(FhirCall call, String id) {
    return directory
        .clinician(id)
        .map(clinician -> FhirReplies.ok(clinician.resource()))
        .orElseThrow(() -> FhirException.unknown("Practitioner", id));
  }

  private static boolean matches(String name, String value, ObjectNode resource) {
    return switch (name) {
      case "_id" -> resource.path("id").asText().equals(value);
      case "name" ->
          resource
              .path("name")
              .path(0)
              .path("text")
              .asText()
              .toLowerCase(Locale.ROOT)
              .contains(value.toLowerCase(Locale.ROOT));
      case "email" -> TokenFilter.anyMatches(resource.path("telecom"), "value", value);
      case "npi-number", "npiNumber" ->
          TokenFilter.anyMatches(resource.path("identifier"), "value", value);
      default -> true;
    };
  }
}
