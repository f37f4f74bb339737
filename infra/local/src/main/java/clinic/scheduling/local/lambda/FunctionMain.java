package clinic.scheduling.local.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;

/**
 * The main class of a Java function in the local run: the AWS runtime interface client, unchanged,
 * in a process that ends when the program that started it ends in any way.
 *
 * <p>It is on the class path of the function, so it uses only the JDK and the client.
 */
public final class FunctionMain {
  /** The system property with the process id of the program that starts the function. */
  static final String RUNNER = "local.runner";

  private static final long LOOK_EVERY_MILLIS = 500;

  private FunctionMain() {}

  public static void main(String[] arguments) throws Throwable {
    long runner = Long.getLong(RUNNER, 0);
    Thread watch = new Thread(() -> endWith(runner), "end-with-runner");
    watch.setDaemon(true);
    watch.start();
    AWSLambda.main(arguments);
  }

  /**
   * Ends this process when its parent changes: a process without a parent gets another one at once.
   */
  private static void endWith(long runner) {
    try {
      while (parent() == runner) {
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      // Nothing interrupts this thread. If it ends all the same, the process must end too.
    }
    Runtime.getRuntime().halt(1);
  }

  private static long parent() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
  }
}
