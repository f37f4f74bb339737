package clinic.scheduling.system;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** The processes of one function, which a test can freeze and kill. */
record Processes(Supplier<List<Long>> ids) {

  /**
   * Stops the processes (SIGSTOP). An event may still reach a frozen process, but the process does
   * nothing with it, however fast the machine is.
   */
  void freeze() throws IOException, InterruptedException {
    for (long id : ids.get()) {
      new ProcessBuilder("kill", "-STOP", String.valueOf(id)).start().waitFor();
    }
  }

  /** Kills the processes with SIGKILL, so they cannot clean up. */
  void kill() {
    ids.get().forEach(id -> ProcessHandle.of(id).ifPresent(ProcessHandle::destroyForcibly));
  }
}
