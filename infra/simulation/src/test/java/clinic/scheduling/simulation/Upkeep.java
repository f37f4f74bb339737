package clinic.scheduling.simulation;

import clinic.scheduling.upkeep.RunUpkeep;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reconciliation as the schedule runs it: one run at a time, again for who was left. */
final class Upkeep {
  private static final long TIMEOUT = 300_000;
  private static final int RUNS = 12;

  private final Run run;
  private final Fates fates;

  Upkeep(Run run) {
    this.run = run;
    this.fates = new Fates(run, Functions.UPKEEP);
  }

  /** At that time, and at once again for whoever was left. */
  void allAt(long time) {
    run.time.longAt(time, () -> all(1));
  }

  private void all(int runs) {
    JsonNode answer = once(run.functions.process(), errand());
    if (runs < RUNS && (answer == null || !answer.path("left").isEmpty())) {
      run.time.longAt(run.time.now() + 1, () -> all(runs + 1));
    }
  }

  /** One clinician, while Canvas answers as if there were no appointments at all. */
  void whileCanvasHasForgotten() {
    int clinician = run.chance.between(0, World.CLINICIANS - 1);
    long held = run.tally.of(Counted.GUARD_HELD);
    for (int i = 0; i < RUNS && run.tally.of(Counted.GUARD_HELD) == held; i++) {
      run.tally.count(Counted.BLACKOUTS);
      Process process = run.functions.process();
      process.isBlind = true;
      once(process, errand().put("practitioner", "clinician-" + clinician));
      run.time.pass(Weather.MINUTE);
    }
  }

  /** When all is quiet: again until everybody agrees, and not for ever. */
  void untilEqual() {
    Set<String> equal = new HashSet<>();
    for (int i = 0; i < 3 * RUNS && equal.size() < World.CLINICIANS; i++) {
      JsonNode answer = once(run.functions.process(), errand());
      if (answer != null) {
        answer.path("certificates").forEach(it -> note(it, equal));
      }
      run.time.pass(2 * Weather.MINUTE);
    }
    if (equal.size() < World.CLINICIANS) {
      run.tally.wrong("reconciliation does not come to an end: " + equal);
    }
  }

  private static void note(JsonNode certificate, Set<String> equal) {
    String who = certificate.path("practitioner").asText();
    boolean agrees = certificate.path("outcome").asText().equals("agrees");
    if (agrees && certificate.path("equal").asBoolean()) {
      equal.add(who);
    } else {
      equal.remove(who);
    }
  }

  private static ObjectNode errand() {
    return JsonNodeFactory.instance.objectNode().put("task", "reconcile");
  }

  private @Nullable JsonNode once(Process process, ObjectNode errand) {
    run.tally.count(Counted.RECONCILIATIONS);
    RunUpkeep function = run.functions.upkeep(process);
    process.begin(TIMEOUT, fates.draw());
    try {
      JsonNode answer = function.runUpkeep(errand);
      process.end();
      fates.lived(process.effects());
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
