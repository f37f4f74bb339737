package clinic.scheduling.sandbox.canvas.patients;

import clinic.scheduling.sandbox.canvas.fhir.AccessToken;
import clinic.scheduling.sandbox.canvas.fhir.FhirCall;
import clinic.scheduling.sandbox.canvas.fhir.FhirException;
import clinic.scheduling.sandbox.canvas.fhir.FhirReplies;
import clinic.scheduling.sandbox.canvas.fhir.FhirResource;
import clinic.scheduling.sandbox.canvas.fhir.SearchSet;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code /Patient}: create, read, search. */
public final class PatientResource implements FhirResource {
  private final Patients patients;
  private final FhirReplies answers;

  public PatientResource(Patients patients, FhirReplies answers) {
    this.patients = patients;
    this.answers = answers;
  }

  @Override
  public Reply search(FhirCall call) {
    call.all("_id").forEach(call.token()::requirePatient);
    return FhirReplies.ok(
        SearchSet.page(
            call,
            PatientSearch.of(
                call, patients.all().stream().filter(patient -> mine(patient, call.token())))));
  }

  @Override
  public Reply read(FhirCall call, String id) {
    call.token().requirePatient(id);
    return FhirReplies.ok(
        patients.find(id).orElseThrow(() -> FhirException.unknown("Patient", id)));
  }

  @Override
  public Reply create(FhirCall call) {
    if (call.token().patient().isPresent()) {
      throw FhirException.forbidden();
    }
    ObjectNode body = call.body(PatientSchema.BODY);
    PatientSchema.requireCore(body);
    return answers.created("Patient", patients.create(body));
  }

  private static boolean mine(ObjectNode patient, AccessToken token) {
    return token.patient().map(key -> key.equals(patient.path("id").asText())).orElse(true);
  }
}
