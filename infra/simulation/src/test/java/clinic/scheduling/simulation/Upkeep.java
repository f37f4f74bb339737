package clinic.scheduling.simulation;

import clinic.scheduling.upkeep.RunUpkeep;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reconciliation as the schedule runs it: one run at a time, again for who was left. */
final class Upkeep {
  private static final long TIMEOUT = 300_000;
  private static final int RUNS = 12;

  private final Run run;

  Upkeep(Run run) {
    this.run = run;
  }

  /** One run of each clinician, as far as the process lives. */
  void all() {
    for (int i = 0; i < RUNS; i++) {
      JsonNode answer = once(run.functions.process(), errand());
      if (answer == null || answer.path("left").isEmpty()) {
        return;
      }
    }
  }

  /** One clinician, while Canvas answers as if there were no appointments at all. */
  void whileCanvasHasForgotten() {
    run.tally.count(Counted.BLACKOUTS);
    Process process = run.functions.process();
    process.isBlind = true;
    int clinician = run.chance.between(0, World.CLINICIANS - 1);
    once(process, errand().put("practitioner", "clinician-" + clinician));
  }

  /** When all is quiet: again until everybody agrees, and not for ever. */
  void untilEqual() {
    for (int i = 0; i < RUNS; i++) {
      JsonNode answer = once(run.functions.process(), errand());
      if (answer != null && answer.path("left").isEmpty() && isEqual(answer)) {
        return;
      }
      run.time.pass(5 * Weather.MINUTE);
    }
    run.tally.wrong("reconciliation does not come to an end");
  }

  private static boolean isEqual(JsonNode answer) {
    for (JsonNode certificate : answer.path("certificates")) {
      if (!certificate.path("outcome").asText().equals("agrees")
          || !certificate.path("equal").asBoolean()) {
        return false;
      }
    }
    return true;
  }

  private static ObjectNode errand() {
    return JsonNodeFactory.instance.objectNode().put("task", "reconcile");
  }

  private JsonNode once(Process process, ObjectNode errand) {
    run.tally.count(Counted.RECONCILIATIONS);
    RunUpkeep function = run.functions.upkeep(process);
    process.begin(TIMEOUT);
    try {
      JsonNode answer = function.runUpkeep(errand);
      process.end();
      answer.path("certificates").forEach(this::count);
      return answer;
    } catch (Killed | RuntimeException e) {
      return null;
    }
  }

  private void count(JsonNode certificate) {
    if (certificate.path("outcome").asText().equals("held")) {
      run.tally.count(Counted.GUARD_HELD);
    }
    run.tally.count(Counted.HINTS, certificate.path("hinted").asInt());
    run.tally.count(Counted.ADOPTED, certificate.path("adopted").asInt());
    run.tally.count(Counted.REMOVED_BY_RECONCILIATION, certificate.path("removed").asInt());
    run.canary.scan("a certificate", certificate.toString());
  }
}
