package clinic.scheduling.system;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** The processes of one function, to be frozen and killed. */
record Processes(Supplier<List<Long>> ids) {

  /**
   * Lets them do nothing more; an event may still reach them. A process that takes an event while
   * it is frozen has taken it and has done nothing with it, however fast the machine.
   */
  void freeze() throws IOException, InterruptedException {
    for (long id : ids.get()) {
      new ProcessBuilder("kill", "-STOP", String.valueOf(id)).start().waitFor();
    }
  }

  /** Without a chance to tidy up: SIGKILL. */
  void kill() {
    ids.get().forEach(id -> ProcessHandle.of(id).ifPresent(ProcessHandle::destroyForcibly));
  }
}
