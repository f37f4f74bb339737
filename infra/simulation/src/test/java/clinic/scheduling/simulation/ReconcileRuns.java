package clinic.scheduling.simulation;

import clinic.scheduling.upkeep.RunUpkeep;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reconciliation as the schedule runs it: one run at a time, and another one for clinicians for
 * whom the run had no time.
 */
final class ReconcileRuns {
  private static final long TIMEOUT = 300_000;
  private static final int RUNS = 12;

  private final Run run;
  private final CrashPlan crashes;
  private @Nullable JsonNode last;

  ReconcileRuns(Run run) {
    this.run = run;
    this.crashes = new CrashPlan(run, Functions.UPKEEP);
  }

  /**
   * Runs reconciliation at that time, and again at once for clinicians for whom the run had no
   * time.
   */
  void allAt(long time) {
    run.time.longAt(time, () -> all(1));
  }

  private void all(int runs) {
    JsonNode answer = once(run.functions.process(), errand());
    if (runs < RUNS && (answer == null || !answer.path("left").isEmpty())) {
      run.time.longAt(run.time.now() + 1, () -> all(runs + 1));
    }
  }

  /** Reconciles one clinician while Canvas answers as if there were no appointments. */
  void whileCanvasHasForgotten() {
    int clinician = run.random.between(0, run.size.clinicians() - 1);
    long held = run.result.of(Counter.GUARD_HELD);
    for (int i = 0; i < RUNS && run.result.of(Counter.GUARD_HELD) == held; i++) {
      run.result.count(Counter.BLACKOUTS);
      Process process = run.functions.process();
      process.isBlind = true;
      once(process, errand().put("practitioner", "clinician-" + clinician));
      run.time.pass(FaultSchedule.MINUTE);
    }
  }

  /** Repeats reconciliation at the end of the simulation until everything agrees, up to a limit. */
  void untilEqual() {
    Set<String> equal = new HashSet<>();
    for (int i = 0; i < 3 * RUNS && equal.size() < run.size.clinicians(); i++) {
      JsonNode answer = once(run.functions.process(), errand());
      if (answer != null) {
        answer.path("certificates").forEach(it -> note(it, equal));
      }
      run.time.pass(2 * FaultSchedule.MINUTE);
    }
    if (equal.size() < run.size.clinicians()) {
      run.result.wrong("reconciliation does not come to an end: " + equal + last);
    }
  }

  private void note(JsonNode certificate, Set<String> equal) {
    String who = certificate.path("practitioner").asText();
    last = certificate;
    boolean agrees = certificate.path("outcome").asText().equals("agrees");
    if (agrees && isEqual(certificate)) {
      equal.add(who);
    } else {
      equal.remove(who);
    }
  }

  /** Whether all that is left are meetings whose time Canvas refuses. */
  private static boolean isEqual(JsonNode certificate) {
    boolean sameEntries =
        certificate.path("canvasDigest").equals(certificate.path("calendarDigest"))
            && certificate.path("findings").isEmpty();
    JsonNode meetings = certificate.path("meetings");
    boolean onlyConflicts =
        meetings.path("conflict").asInt() > 0
            && meetings.path("findings").size() == meetings.path("conflict").asInt();
    return certificate.path("equal").asBoolean() || sameEntries && onlyConflicts;
  }

  private static ObjectNode errand() {
    return JsonNodeFactory.instance.objectNode().put("task", "reconcile");
  }

  private @Nullable JsonNode once(Process process, ObjectNode errand) {
    run.result.count(Counter.RECONCILIATIONS);
    RunUpkeep function = run.functions.upkeep(process);
    process.begin(TIMEOUT, crashes.draw());
    try {
      JsonNode answer = function.runUpkeep(errand);
      process.end();
      crashes.lived(process.effects());
      answer.path("certificates").forEach(this::count);
      return answer;
    } catch (ProcessKilled | RuntimeException e) {
      return null;
    }
  }

  private void count(JsonNode certificate) {
    if (certificate.path("outcome").asText().equals("held")) {
      run.result.count(Counter.GUARD_HELD);
    }
    run.result.count(Counter.HINTS, certificate.path("hinted").asInt());
    run.result.count(Counter.ADOPTED, certificate.path("adopted").asInt());
    run.result.count(Counter.REMOVED_BY_RECONCILIATION, certificate.path("removed").asInt());
    run.canary.scan("a certificate", certificate.toString());
  }
}
