package clinic.scheduling.local.run;

import clinic.scheduling.local.lambda.FunctionBrokenException;
import clinic.scheduling.local.lambda.FunctionPool;
import clinic.scheduling.local.lambda.FunctionZip;
import clinic.scheduling.local.lambda.LaunchCommand;
import clinic.scheduling.local.lambda.LaunchPlan;
import clinic.scheduling.local.template.Deployment;
import clinic.scheduling.local.template.FunctionSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The built functions of the template. */
final class PackagedFunctions {
  private static final int READY_LIMIT_SECONDS = 120;
  private static final String NOT_BUILT = "Not built yet:";
  private static final String BUILD = "\nBuild with: mvn package -DskipTests";
  private static final String NOT_NATIVE = "Not built yet, or no native executable:";
  private static final String BUILD_NATIVE =
      """

      Build with: mvn -Dnative package
      This needs a GraalVM. If GRAALVM_HOME names one, mvn -Plocal -Dlocal.native=true builds them, too.""";

  private final List<FunctionSpec> functions;
  private final Options options;

  private PackagedFunctions(List<FunctionSpec> functions, Options options) {
    this.functions = functions;
    this.options = options;
  }

  /**
   * Finds every zip.
   *
   * @throws StartException naming all that are missing and the command that builds them
   */
  static PackagedFunctions of(Deployment deployment, Options options) throws IOException {
    PackagedFunctions packaged = new PackagedFunctions(deployment.functions(), options);
    Set<Path> missing = new LinkedHashSet<>();
    for (FunctionSpec function : deployment.functions()) {
      Path zip = packaged.zip(function);
      if (!Files.exists(zip) || (options.nativeFunctions() && !FunctionZip.isNative(zip))) {
        missing.add(zip);
      }
    }
    if (!missing.isEmpty()) {
      StringBuilder message = new StringBuilder(options.nativeFunctions() ? NOT_NATIVE : NOT_BUILT);
      missing.forEach(zip -> message.append("\n  ").append(zip));
      throw new StartException(
          message.append(options.nativeFunctions() ? BUILD_NATIVE : BUILD).toString());
    }
    return packaged;
  }

  private Path zip(FunctionSpec function) {
    return options.nativeFunctions() ? function.zip() : function.jvmZip();
  }

  void unzip() throws IOException {
    try {
      functions.forEach(this::unzip);
    } catch (UncheckedIOException e) {
      throw new IOException("A function cannot be unzipped: " + e.getCause(), e);
    }
  }

  private void unzip(FunctionSpec function) {
    try {
      FunctionZip.unzip(zip(function), folder(function));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one process of each function, all at the same time. */
  Map<String, FunctionPool> start(
      Map<String, Map<String, String>> environments, Clock clock, Console console) {
    Map<String, FunctionPool> pools = new LinkedHashMap<>();
    for (FunctionSpec function : functions) {
      LaunchPlan plan =
          new LaunchPlan(
              function,
              LaunchCommand.command(function, folder(function)),
              folder(function),
              environments.getOrDefault(function.name(), Map.of()),
              options.logs(),
              options.most());
      pools.put(function.name(), new FunctionPool(plan, clock, console::say));
    }
    return pools;
  }

  /** Waits until each function has asked for its first event. */
  void awaitReady(Map<String, FunctionPool> pools, Console console) {
    pools.forEach(
        (name, pool) -> {
          try {
            pool.ready().orTimeout(READY_LIMIT_SECONDS, TimeUnit.SECONDS).join();
            console.step(name + (options.nativeFunctions() ? " is ready, native" : " is ready"));
          } catch (CompletionException e) {
            throw new StartException(why(name, e));
          }
        });
  }

  private String why(String function, CompletionException e) {
    return e.getCause() instanceof FunctionBrokenException broken
        ? String.valueOf(broken.getMessage())
        : "%s was not ready within %d s; see %s"
            .formatted(function, READY_LIMIT_SECONDS, options.logs());
  }

  private Path folder(FunctionSpec function) {
    return options.target().resolve("functions").resolve(function.name());
  }
}
