package clinic.scheduling.upkeep.links;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.visit.LinkGenerations;
import clinic.scheduling.upkeep.BadTaskRequestException;
import clinic.scheduling.upkeep.RunUpkeep;
import clinic.scheduling.upkeep.Task;
import clinic.scheduling.upkeep.TaskRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * {@code revoke-links}: every link and token of one visit that was made before now opens it no
 * more; those that are made afterwards do. For a patient whose messages somebody else reads. A
 * repeat revokes again, which costs the patient the links sent in between and nothing else.
 */
@Singleton
class RevokeLinks implements Task {
  private final Canvas canvas;
  private final LinkGenerations generations;
  private final Log log = Log.of(RunUpkeep.class);

  RevokeLinks(Canvas canvas, LinkGenerations generations) {
    this.canvas = canvas;
    this.generations = generations;
  }

  @Override
  public String name() {
    return "revoke-links";
  }

  /**
   * @return the first appointment of the visit, and how often its links are revoked now
   * @throws BadErrandException if no visit is named, or Canvas does not know it
   */
  @Override
  public JsonNode run(TaskRequest errand, Deadline deadline) {
    String named = errand.visit().orElseThrow(() -> wrong("is missing"));
    String root =
        VisitThread.of(named, canvas)
            .map(VisitThread::rootId)
            .orElseThrow(() -> wrong("must be an appointment that Canvas knows"));
    int revoked = errand.dryRun() ? generations.current(root) : generations.revoke(root);
    if (!errand.dryRun()) {
      log.info("links-revoked", "visit", root, "times", revoked);
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("visit", root)
        .put("revoked", revoked)
        .put("dryRun", errand.dryRun());
  }

  private static BadTaskRequestException wrong(String what) {
    return new BadTaskRequestException(List.of(new FieldError("visit", what)));
  }
}
