package clinic.scheduling.sandbox.canvas.fhir;

import clinic.scheduling.sandbox.http.Reply;

/** One resource type. An interaction that it does not offer is answered with 405. */
public interface FhirResource {
  default Reply search(FhirCall call) {
    throw FhirException.notSupported();
  }

  default Reply read(FhirCall call, String id) {
    throw FhirException.notSupported();
  }

  default Reply create(FhirCall call) {
    throw FhirException.notSupported();
  }

  default Reply update(FhirCall call, String id) {
    throw FhirException.notSupported();
  }
}
