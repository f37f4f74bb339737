package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.upkeep.ResumePoint;
import clinic.scheduling.upkeep.Task;
import clinic.scheduling.upkeep.TaskRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The task {@code reconcile} (docs/decisions/0015). For one clinician after the other, it compares
 * Canvas, the ledger and the calendars, and repairs what is wrong. It answers with a {@link
 * Certificate} for each clinician.
 *
 * <p>If the time runs out, the next run starts with the clinician whom this run could not finish.
 * If the run could not finish its first clinician, then even a whole run is too short for that
 * clinician. So the clinician goes last, and gets a certificate with the reason {@code too-much}.
 */
@Singleton
final class Reconcile implements Task {
  private final Practice practice;
  private final ReconcileClinician reconcileClinician;
  private final Backfill backfill;
  private final ResumePoint resumePoint;
  private final Clock clock;

  Reconcile(
      Practice practice,
      ReconcileClinician reconcileClinician,
      Backfill backfill,
      ResumePoint resumePoint,
      Clock clock) {
    this.practice = practice;
    this.reconcileClinician = reconcileClinician;
    this.backfill = backfill;
    this.resumePoint = resumePoint;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "reconcile";
  }

  /**
   * Reconciles the window for one clinician after the other, then continues the backfill.
   *
   * <p>These are the steps for each clinician:
   *
   * <ol>
   *   <li>Take the clinician from {@code remaining}.
   *   <li>Record the clinician who comes next as the resume point.
   *   <li>Reconcile the clinician.
   *   <li>If there was not enough time, put the clinician back: at the end of {@code remaining} if
   *       this was the first clinician of the run, or else at the front. Then stop.
   * </ol>
   *
   * <p>At the end, record the first clinician of {@code remaining} as the resume point.
   */
  @Override
  public JsonNode run(TaskRequest request, Deadline deadline) {
    Interval window = Window.of(request, practice, clock.instant());
    ObjectNode answer = header(request, window);

    // 1. Reconcile the window, clinician by clinician, while there is time.
    ArrayNode certificates = answer.putArray("certificates");
    boolean resumable = request.practitioner().isEmpty() && !request.dryRun();
    Deque<Practitioner> remaining = new ArrayDeque<>(clinicians(request));
    int total = remaining.size();
    boolean enoughTime = true;
    while (enoughTime && !remaining.isEmpty()) {
      Practitioner who = remaining.remove();
      if (resumable) {
        // We write this before we reconcile the clinician. If the run dies at this clinician, the
        // next run begins with the others.
        resumePoint.write(name(), first(remaining));
      }
      Optional<Certificate> certificate =
          reconcileClinician.reconcile(who, window, request, deadline);
      certificate.map(Certificate::json).ifPresent(certificates::add);
      enoughTime = certificate.isPresent();
      if (!enoughTime && remaining.size() == total - 1) {
        certificates.add(reconcileClinician.certifyTooMuch(who, request).json());
        remaining.addLast(who);
      } else if (!enoughTime) {
        remaining.addFirst(who);
      }
    }
    if (resumable) {
      resumePoint.write(name(), first(remaining));
    }
    ArrayNode names = answer.putArray("left");
    remaining.forEach(who -> names.add(who.id()));

    // 2. Continue the backfill in the time that is left, unless the request names days.
    if (request.from().isEmpty() && request.to().isEmpty()) {
      if (request.dryRun()) {
        previewBackfill(request, deadline, answer.putArray("furtherDays"));
      } else {
        backfill.run(request, deadline).forEach(answer.putArray("further")::add);
      }
    }
    return answer;
  }

  private void previewBackfill(TaskRequest request, Deadline deadline, ArrayNode months) {
    backfill
        .preview(request, deadline)
        .forEach(
            (days, certificate) ->
                months.add(
                    certificate
                        .json()
                        .put("from", days.start().toString())
                        .put("to", days.end().toString())));
  }

  private ObjectNode header(TaskRequest request, Interval window) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("task", name())
        .put("at", clock.instant().toString())
        .put("from", window.start().toString())
        .put("to", window.end().toString())
        .put("dryRun", request.dryRun())
        .put("force", request.force())
        .put("forceMeetings", request.forceMeetings());
  }

  private static Optional<String> first(Deque<Practitioner> remaining) {
    return remaining.stream().findFirst().map(Practitioner::id);
  }

  private List<Practitioner> clinicians(TaskRequest request) {
    if (request.practitioner().isEmpty()) {
      return resumePoint.rotate(name(), practice.practitioners(), Practitioner::id);
    }
    String asked = request.practitioner().get();
    List<Practitioner> found =
        practice.practitioners().stream().filter(who -> asked.equals(who.id())).toList();
    if (found.isEmpty() && !backfill.isKnown(asked)) {
      throw new IllegalArgumentException("no such practitioner");
    }
    if (found.isEmpty() && (request.from().isPresent() || request.to().isPresent())) {
      throw new IllegalArgumentException(
          "that practitioner is not in the practice document any more: leave out from and to");
    }
    return found;
  }
}
