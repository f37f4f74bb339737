package clinic.scheduling.local.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;

/**
 * The main class of a Java function in the local run: the AWS runtime interface client, unchanged,
 * in a process that ends when the program that started it is gone, however that came to its end.
 *
 * <p>It stands on the class path of the function, so it uses nothing but the JDK and the client.
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

  /** A process without its parent belongs to another one at once, so no id can be mistaken. */
  private static void endWith(long runner) {
    try {
      while (parent() == runner) {
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt it: without this watch the process must not go on.
    }
    Runtime.getRuntime().halt(1);
  }

  private static long parent() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
  }
}
