package clinic.scheduling.sandbox.canvas.slots;

import clinic.scheduling.sandbox.canvas.Interval;
import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.ScheduleKey;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.Toggles;
import clinic.scheduling.sandbox.canvas.fhir.FhirCall;
import clinic.scheduling.sandbox.canvas.fhir.FhirException;
import clinic.scheduling.sandbox.canvas.fhir.FhirReplies;
import clinic.scheduling.sandbox.canvas.fhir.FhirResource;
import clinic.scheduling.sandbox.canvas.fhir.FhirTime;
import clinic.scheduling.sandbox.canvas.fhir.SearchSet;
import clinic.scheduling.sandbox.canvas.practice.Directory;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

/** {@code /Slot}: search only. A slot has no id and cannot be reserved. */
public final class SlotResource implements FhirResource {
  private final Clock clock;
  private final Directory directory;
  private final FreeTime freeTime;
  private final Toggles toggles;

  public SlotResource(Clock clock, Directory directory, FreeTime freeTime, Toggles toggles) {
    this.clock = clock;
    this.directory = directory;
    this.freeTime = freeTime;
    this.toggles = toggles;
  }

  @Override
  public Reply search(FhirCall call) {
    SlotQuery query = SlotQuery.of(call, clock);
    int most = toggles.number(Toggle.SLOT_MAX_DAYS);
    if (most > 0 && query.days() > most) {
      throw FhirException.badRequest();
    }
    List<ObjectNode> slots =
        directory.schedules().contains(query.schedule())
            ? slots(query, zone(query.schedule()), call.stale())
            : List.of();
    return FhirReplies.ok(SearchSet.whole(slots.size(), slots));
  }

  private ZoneId zone(ScheduleKey schedule) {
    return directory.place(schedule.location()).orElseThrow().zone();
  }

  private List<ObjectNode> slots(SlotQuery query, ZoneId zone, boolean stale) {
    return freeTime.of(query, zone, stale).stream()
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
