package clinic.scheduling.local.testing;

import clinic.scheduling.local.lambda.FunctionPool;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * The main class of a process that runs a function, prints its process id and stays. The function
 * has not yet asked for an event, so that only its parent's end can tell it to end.
 */
public final class ForkedRunner {
  private ForkedRunner() {}

  public static void main(String[] arguments) throws Exception {
    List<String> console = new CopyOnWriteArrayList<>();
    FunctionPool function =
        TestFunctions.start(Path.of(arguments[0]), TestFunctions.NEVER_READY, 60, 1, console);
    System.out.println(function.pids().get(0));
    new CountDownLatch(1).await();
  }
}
