package clinic.scheduling.sandbox.canvas;

import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code /Location}: read and search by {@code _id}. */
final class LocationResource implements FhirResource {
  private final Directory directory;

  LocationResource(Directory directory) {
    this.directory = directory;
  }

  @Override
  public Reply search(FhirCall call) {
    List<ObjectNode> matches =
        directory.places().stream()
            .filter(place -> call.all("_id").stream().allMatch(place.id()::equals))
            .map(Place::resource)
            .toList();
    return Answers.ok(SearchSet.page(call, matches));
  }

  @Override
  public Reply read(FhirCall call, String id) {
    return directory.places().stream()
        .filter(place -> place.id().equals(id))
        .findFirst()
        .map(place -> Answers.ok(place.resource()))
        .orElseThrow(() -> Refusal.unknown("Location", id));
  }
}
