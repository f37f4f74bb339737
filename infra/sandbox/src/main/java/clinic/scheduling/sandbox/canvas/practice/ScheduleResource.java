package clinic.scheduling.sandbox.canvas.practice;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.ScheduleKey;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.Toggles;
import clinic.scheduling.sandbox.canvas.fhir.FhirCall;
import clinic.scheduling.sandbox.canvas.fhir.FhirReplies;
import clinic.scheduling.sandbox.canvas.fhir.FhirResource;
import clinic.scheduling.sandbox.canvas.fhir.SearchSet;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code /Schedule}: every practitioner at every location. Parameters have no effect. */
public final class ScheduleResource implements FhirResource {
  private final Directory directory;
  private final Toggles toggles;

  public ScheduleResource(Directory directory, Toggles toggles) {
    this.directory = directory;
    this.toggles = toggles;
  }

  @Override
  public Reply search(FhirCall call) {
    List<ObjectNode> all = directory.schedules().stream().map(this::resource).toList();
    int total = all.size() + toggles.number(Toggle.SCHEDULE_TOTAL_EXTRA);
    return FhirReplies.ok(SearchSet.whole(total, all));
  }

  private ObjectNode resource(ScheduleKey key) {
    String practitioner = directory.clinician(key.practitioner()).orElseThrow().name();
    String place = directory.place(key.location()).orElseThrow().name();
    String comment = "Schedule for " + practitioner + " at " + place;
    ObjectNode schedule =
        Json.object().put("resourceType", "Schedule").put("id", key.id()).put("comment", comment);
    schedule.putObject("text").put("status", "generated").put("div", "<div>" + comment + "</div>");
    schedule.putArray("actor").add(Json.reference("Practitioner", key.practitioner()));
    return schedule;
  }
}
