package clinic.scheduling.local.lambda;

import clinic.scheduling.local.template.FunctionSpec;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command that runs an unzipped function: its own {@code bootstrap} if it has one, otherwise
 * Java with {@link FunctionMain} and the AWS runtime interface client from the class path of this
 * program.
 */
public final class LaunchCommand {
  static final String BOOTSTRAP = "bootstrap";
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String FUNQY = "io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest";

  /**
   * Becomes the program, which keeps this process id, and leaves a watch beside it: a program that
   * nobody polls for any more does not end by itself. {@link FunctionMain} does this for Java.
   */
  private static final String END_WITH_RUNNER =
      """
      program=$$ runner=$1
      while kill -0 $program; do
        kill -0 $runner || kill -9 $program
        sleep 0.5
      done >/dev/null 2>&1 &
      exec "$0"
      """;

  /** One class from each jar that {@link FunctionMain} and the runtime interface client need. */
  private static final List<String> CLIENT_CLASSES =
      List.of(
          FunctionMain.class.getName(),
          CLIENT,
          "com.amazonaws.services.lambda.runtime.RequestStreamHandler",
          "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
          "software.amazon.awssdk.utilslite.SdkInternalThreadLocal",
          "software.amazon.awssdk.annotations.SdkProtectedApi");

  private LaunchCommand() {}

  /** The program and its arguments for a function unzipped in {@code folder}. */
  public static List<String> command(FunctionSpec function, Path folder) {
    Path bootstrap = folder.resolve(BOOTSTRAP);
    if (Files.exists(bootstrap)) {
      String runner = String.valueOf(ProcessHandle.current().pid());
      return List.of("/bin/sh", "-c", END_WITH_RUNNER, bootstrap.toString(), runner);
    }
    String handler = function.handler().contains("::") ? function.handler() : FUNQY;
    String classPath =
        Stream.concat(
                Stream.of(folder.toString(), folder.resolve("lib") + File.separator + "*"),
                CLIENT_CLASSES.stream().map(LaunchCommand::jarOf).distinct())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-D" + FunctionMain.RUNNER + "=" + ProcessHandle.current().pid(),
                "-Xmx" + heapMegabytes(function) + "m"));
    ClientLibrary.unpack(Optional.ofNullable(folder.getParent()).orElse(folder))
        .ifPresent(library -> command.add("-D" + ClientLibrary.PROPERTY + "=" + library));
    command.addAll(List.of("-cp", classPath, FunctionMain.class.getName(), handler));
    return List.copyOf(command);
  }

  /** The heap size. The rest of the function's memory is for classes, code, threads and buffers. */
  private static int heapMegabytes(FunctionSpec function) {
    return Math.max(256, function.memoryMegabytes() * 5 / 8);
  }

  private static String jarOf(String className) {
    try {
      Class<?> type = Class.forName(className, false, LaunchCommand.class.getClassLoader());
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IllegalStateException("The class path lacks " + className, e);
    }
  }
}
