package clinic.scheduling.operate.upkeep;

import clinic.scheduling.operate.installation.Installation;
import clinic.scheduling.operate.output.Output;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs a task of RunUpkeep once, and says from time to time that it is still running. */
final class RunTask {
  private static final int EVERY_SECONDS = 15;

  private RunTask() {}

  static JsonNode run(Installation installation, JsonNode input, Output output) {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(RunTask::thread);
    int[] seconds = {0};
    var unused =
        timer.scheduleAtFixedRate(
            () -> {
              seconds[0] += EVERY_SECONDS;
              output.progress("still running after " + seconds[0] + " s");
            },
            EVERY_SECONDS,
            EVERY_SECONDS,
            TimeUnit.SECONDS);
    try {
      return installation.runUpkeep(input);
    } finally {
      timer.shutdownNow();
    }
  }

  private static Thread thread(Runnable run) {
    Thread thread = new Thread(run, "progress");
    thread.setDaemon(true);
    return thread;
  }
}
