package clinic.scheduling.upkeep.links;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.visit.LinkGenerations;
import clinic.scheduling.upkeep.BadTaskRequestException;
import clinic.scheduling.upkeep.Task;
import clinic.scheduling.upkeep.TaskRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The task {@code revoke-links} (docs/decisions/0031): invalidates all existing links and tokens of
 * one visit. It is meant for a patient whose messages somebody else can read. Links that are made
 * afterwards work. If the task is repeated, links that were sent in between stop working, too.
 */
@Singleton
class RevokeLinks implements Task {
  private final Canvas canvas;
  private final LinkGenerations generations;
  private final Log log = Log.of(RevokeLinks.class);

  RevokeLinks(Canvas canvas, LinkGenerations generations) {
    this.canvas = canvas;
    this.generations = generations;
  }

  @Override
  public String name() {
    return "revoke-links";
  }

  /**
   * @return the first appointment of the visit, and how often its links have been revoked
   * @throws BadTaskRequestException if the request names no visit, or Canvas does not know the
   *     visit
   */
  @Override
  public JsonNode run(TaskRequest request, Deadline deadline) {
    String named = request.visit().orElseThrow(() -> wrong("is missing"));
    String root =
        VisitThread.of(named, canvas)
            .map(VisitThread::rootId)
            .orElseThrow(() -> wrong("must be an appointment that Canvas knows"));
    int revoked = request.dryRun() ? generations.current(root) : generations.revoke(root);
    if (!request.dryRun()) {
      log.info("links-revoked", "visit", root, "times", revoked);
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("visit", root)
        .put("revoked", revoked)
        .put("dryRun", request.dryRun());
  }

  private static BadTaskRequestException wrong(String what) {
    return new BadTaskRequestException(List.of(new FieldError("visit", what)));
  }
}
