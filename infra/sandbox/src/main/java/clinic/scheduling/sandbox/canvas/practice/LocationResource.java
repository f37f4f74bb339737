package clinic.scheduling.sandbox.canvas.practice;

import clinic.scheduling.sandbox.canvas.Place;
import clinic.scheduling.sandbox.canvas.fhir.FhirCall;
import clinic.scheduling.sandbox.canvas.fhir.FhirException;
import clinic.scheduling.sandbox.canvas.fhir.FhirReplies;
import clinic.scheduling.sandbox.canvas.fhir.FhirResource;
import clinic.scheduling.sandbox.canvas.fhir.SearchSet;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code /Location}: read and search by {@code _id}. */
public final class LocationResource implements FhirResource {
  private final Directory directory;

  public LocationResource(Directory directory) {
    this.directory = directory;
  }

  @Override
  public Reply search(FhirCall call) {
    List<ObjectNode> matches =
        directory.places().stream()
            .filter(place -> call.all("_id").stream().allMatch(place.id()::equals))
            .map(Place::resource)
            .toList();
    return FhirReplies.ok(SearchSet.page(call, matches));
  }

  @Override
  public Reply read(FhirCall call, String id) {
    return directory.places().stream()
        .filter(place -> place.id().equals(id))
        .findFirst()
        .map(place -> FhirReplies.ok(place.resource()))
        .orElseThrow(() -> FhirException.unknown("Location", id));
  }
}
