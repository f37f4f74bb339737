package clinic.scheduling.sandbox.canvas;

import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

/** {@code /Slot}: search only; a slot has no id and cannot be reserved. */
final class SlotResource implements FhirResource {
  private final Clock clock;
  private final Directory directory;
  private final FreeTime freeTime;

  SlotResource(Clock clock, Directory directory, FreeTime freeTime) {
    this.clock = clock;
    this.directory = directory;
    this.freeTime = freeTime;
  }

  @Override
  public Reply search(FhirCall call) {
    SlotQuery query = SlotQuery.of(call, clock);
    List<ObjectNode> slots =
        directory.schedules().contains(query.schedule())
            ? slots(query, directory.place(query.schedule().location()).orElseThrow().zone())
            : List.of();
    return Answers.ok(SearchSet.whole(slots.size(), slots));
  }

  private List<ObjectNode> slots(SlotQuery query, ZoneId zone) {
    return freeTime.of(query, zone).stream()
        .map(slot -> resource(query.schedule(), slot, zone))
        .toList();
  }

  private static ObjectNode resource(ScheduleKey schedule, Interval slot, ZoneId zone) {
    ObjectNode resource = Json.object().put("resourceType", "Slot");
    resource.set("schedule", Json.reference("Schedule", schedule.id()));
    return resource
        .put("status", "free")
        .put("start", FhirTime.local(slot.start(), zone))
        .put("end", FhirTime.local(slot.end(), zone));
  }
}
