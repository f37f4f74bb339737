package clinic.scheduling.sandbox.canvas;

import clinic.scheduling.sandbox.http.Reply;

/** One resource type; what it does not offer is answered with 405. */
interface FhirResource {
  default Reply search(FhirCall call) {
    throw Refusal.notSupported();
  }

  default Reply read(FhirCall call, String id) {
    throw Refusal.notSupported();
  }

  default Reply create(FhirCall call) {
    throw Refusal.notSupported();
  }

  default Reply update(FhirCall call, String id) {
    throw Refusal.notSupported();
  }
}
