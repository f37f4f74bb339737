package clinic.scheduling.simulation;

import clinic.scheduling.upkeep.RunUpkeep;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks {@code polls} and {@code renewals} as the schedules run them. */
final class WatchRuns {
  private static final long TIMEOUT = 300_000;
  private static final double KILLED_PERCENT = 40;

  /** Until every run of the simulation has come to its end. */
  private static final long UNTIL = 14 * FaultSchedule.HOUR;

  private static final long EACH_POLL = 5 * FaultSchedule.MINUTE;

  private static final List<EffectKind> EFFECTS =
      List.of(EffectKind.WATCH_OPEN, EffectKind.WATCH_RENEW, EffectKind.WATCH_STOP);

  private final Run run;
  private final CrashPlan polls;
  private final CrashPlan renewals;

  WatchRuns(Run run) {
    this.run = run;
    this.polls = new CrashPlan(run, List.of(EffectKind.ROW_READ, EffectKind.QUEUE_SEND));
    this.renewals = CrashPlan.often(run, EFFECTS, KILLED_PERCENT);
  }

  void plan() {
    for (long time = 1_000; time < UNTIL; time += EACH_POLL) {
      run.time.at(run.start + time, () -> once("polls", polls));
    }
    for (long time = 0; time < UNTIL; time += FaultSchedule.HOUR / 4) {
      run.time.at(run.start + time, () -> once("renewals", renewals));
    }
  }

  private @Nullable JsonNode once(String task, CrashPlan crashes) {
    Process process = run.functions.process();
    RunUpkeep function = run.functions.watchTask(task, process);
    process.begin(TIMEOUT, crashes.draw());
    try {
      JsonNode answer = function.runUpkeep(JsonNodeFactory.instance.objectNode().put("task", task));
      process.end();
      crashes.lived(process.effects());
      if (answer.path("late").asInt() > 0) {
        run.result.count(Counter.CALENDAR_LATE);
      }
      return answer;
    } catch (ProcessKilled | RuntimeException e) {
      return null;
    }
  }
}
