package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
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
 * Compares Canvas, the ledger and what really is in the calendars, clinician by clinician, puts
 * right what is out of step, and says for each how it stands. Who does not fit into one run is the
 * first of the next; who had a whole run and did not fit is the last, and known to be too much. In
 * the time that is left the further days are gone through, where there is reason to.
 */
@Singleton
final class Reconcile implements Task {
  private final Practice practice;
  private final ReconcileClinician certify;
  private final Backfill furtherDays;
  private final ResumePoint cursor;
  private final Clock clock;

  Reconcile(
      Practice practice,
      ReconcileClinician certify,
      Backfill furtherDays,
      ResumePoint cursor,
      Clock clock) {
    this.practice = practice;
    this.certify = certify;
    this.furtherDays = furtherDays;
    this.cursor = cursor;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "reconcile";
  }

  @Override
  public JsonNode run(TaskRequest errand, Deadline deadline) {
    Interval window = Window.of(errand, practice, clock.instant());
    ObjectNode answer = header(errand, window);
    ArrayNode certificates = answer.putArray("certificates");
    boolean everybody = errand.practitioner().isEmpty() && !errand.dryRun();
    Deque<Practitioner> left = new ArrayDeque<>(turn(errand));
    int everyone = left.size();
    boolean enoughTime = true;
    while (enoughTime && !left.isEmpty()) {
      Practitioner who = left.remove();
      if (everybody) {
        // Were the run to end here, it would be the turn of the others first.
        cursor.leave(first(left));
      }
      Optional<Certificate> certificate = certify.one(who, window, errand, deadline);
      certificate.map(CertificateJson::of).ifPresent(certificates::add);
      enoughTime = certificate.isPresent();
      if (!enoughTime && left.size() == everyone - 1) {
        certificates.add(CertificateJson.of(certify.tooMuch(who, errand)));
        left.addLast(who);
      } else if (!enoughTime) {
        left.addFirst(who);
      }
    }
    if (everybody) {
      cursor.leave(first(left));
    }
    ArrayNode names = answer.putArray("left");
    left.forEach(who -> names.add(who.id()));
    if (errand.from().isEmpty() && errand.to().isEmpty()) {
      further(errand, deadline, answer);
    }
    return answer;
  }

  private void further(TaskRequest errand, Deadline deadline, ObjectNode answer) {
    if (errand.dryRun()) {
      ArrayNode months = answer.putArray("furtherDays");
      furtherDays
          .look(errand, deadline)
          .forEach(
              (days, certificate) ->
                  months.add(
                      CertificateJson.of(certificate)
                          .put("from", days.start().toString())
                          .put("to", days.end().toString())));
    } else {
      ArrayNode further = answer.putArray("further");
      furtherDays.walk(errand, deadline).forEach(further::add);
    }
  }

  private ObjectNode header(TaskRequest errand, Interval window) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("task", name())
        .put("at", clock.instant().toString())
        .put("from", window.start().toString())
        .put("to", window.end().toString())
        .put("dryRun", errand.dryRun())
        .put("force", errand.force());
  }

  private static Optional<String> first(Deque<Practitioner> left) {
    return left.stream().findFirst().map(Practitioner::id);
  }

  private List<Practitioner> turn(TaskRequest errand) {
    if (errand.practitioner().isEmpty()) {
      return cursor.inTurn(practice.practitioners());
    }
    List<Practitioner> asked =
        practice.practitioners().stream()
            .filter(who -> errand.practitioner().get().equals(who.id()))
            .toList();
    if (asked.isEmpty() && !furtherDays.knows(errand.practitioner().get())) {
      throw new IllegalArgumentException("no such practitioner");
    }
    if (asked.isEmpty() && (errand.from().isPresent() || errand.to().isPresent())) {
      throw new IllegalArgumentException(
          "that practitioner is not in the practice document any more: leave out from and to");
    }
    return asked;
  }
}
