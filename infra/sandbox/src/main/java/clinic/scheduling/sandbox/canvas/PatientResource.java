package clinic.scheduling.sandbox.canvas;

import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code /Patient}: create, read, search. */
final class PatientResource implements FhirResource {
  private final Patients patients;
  private final Answers answers;

  PatientResource(Patients patients, Answers answers) {
    this.patients = patients;
    this.answers = answers;
  }

  @Override
  public Reply search(FhirCall call) {
    call.all("_id").forEach(call.token()::requirePatient);
    return Answers.ok(
        SearchSet.page(
            call,
            PatientSearch.of(
                call, patients.all().stream().filter(patient -> mine(patient, call.token())))));
  }

  @Override
  public Reply read(FhirCall call, String id) {
    call.token().requirePatient(id);
    return Answers.ok(patients.find(id).orElseThrow(() -> Refusal.unknown("Patient", id)));
  }

  @Override
  public Reply create(FhirCall call) {
    if (call.token().patient().isPresent()) {
      throw Refusal.forbidden();
    }
    ObjectNode body = call.body(PatientShape.BODY);
    PatientShape.requireCore(body);
    return answers.created("Patient", patients.create(body));
  }

  private static boolean mine(ObjectNode patient, Token token) {
    return token.patient().map(key -> key.equals(patient.path("id").asText())).orElse(true);
  }
}
