package clinic.scheduling.local.testing;

import clinic.scheduling.local.lambda.FunctionPool;
import clinic.scheduling.local.lambda.FunctionZip;
import clinic.scheduling.local.lambda.LaunchCommand;
import clinic.scheduling.local.lambda.LaunchPlan;
import clinic.scheduling.local.lambda.Outcome;
import clinic.scheduling.local.template.FunctionSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packages {@link TestFunction} and runs it. */
public final class TestFunctions {
  public static final String HANDLER = TestFunction.class.getName() + "::handleRequest";

  /** A handler whose constructor ends the process. */
  public static final String DYING = DyingFunction.class.getName() + "::handleRequest";

  /** A handler whose construction takes longer than any test. */
  public static final String NEVER_READY = NeverReadyFunction.class.getName() + "::handleRequest";

  private TestFunctions() {}

  /** Writes the zip of the function as a build would. */
  public static Path zip(Path folder) throws IOException {
    Path zip = folder.resolve("function.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      add(TestFunction.class, out);
      add(DyingFunction.class, out);
      add(NeverReadyFunction.class, out);
    }
    return zip;
  }

  /**
   * Writes the package that is deployed, with a program of its own that behaves as {@code zip}
   * does.
   */
  public static Path executable(Path folder, Path zip) throws IOException {
    Path unzipped = folder.resolve("of-the-executable");
    FunctionZip.unzip(zip, unzipped);
    FunctionSpec spec = new FunctionSpec("Test", zip, HANDLER, 20, 128, Map.of());
    String java = String.join("' '", LaunchCommand.command(spec, unzipped));
    return executable(folder, "exec '" + java + "'");
  }

  /** Writes the package that is deployed, with a shell script as its program. */
  public static Path executable(Path folder, String script) throws IOException {
    Path deployed = Files.createDirectories(folder.resolve("deploy")).resolve("function.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(deployed))) {
      out.putNextEntry(new ZipEntry("bootstrap"));
      out.write("#!/bin/sh\n%s\n".formatted(script).getBytes(StandardCharsets.UTF_8));
    }
    return deployed;
  }

  /** Copies the practice document, which a run reads from its repository. */
  public static void practice(Path folder) throws IOException {
    Path infra = Files.createDirectories(folder.resolve("infra"));
    Files.copy(Path.of("../practice.example.json"), infra.resolve("practice.example.json"));
  }

  private static void add(Class<?> type, ZipOutputStream out) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream bytes = type.getClassLoader().getResourceAsStream(file)) {
      out.putNextEntry(new ZipEntry(file));
      out.write(bytes.readAllBytes());
    }
  }

  /** A started function with its logs in {@code folder}. */
  public static FunctionPool start(Path folder, int timeoutSeconds, int most) throws IOException {
    return start(folder, HANDLER, timeoutSeconds, most, new CopyOnWriteArrayList<>());
  }

  public static FunctionPool start(
      Path folder, String handler, int timeoutSeconds, int most, List<String> console)
      throws IOException {
    FunctionSpec spec =
        new FunctionSpec("Test", zip(folder), handler, timeoutSeconds, 128, Map.of());
    Path unzipped = folder.resolve("Test");
    FunctionZip.unzip(spec.zip(), unzipped);
    LaunchPlan plan =
        new LaunchPlan(
            spec,
            LaunchCommand.command(spec, unzipped),
            unzipped,
            Map.of("AWS_REGION", "us-east-1"),
            folder.resolve("logs"),
            most);
    return new FunctionPool(plan, Clock.systemUTC(), console::add);
  }

  public static Outcome invoke(FunctionPool function, String event) throws Exception {
    return function.invoke(event.getBytes(StandardCharsets.UTF_8)).get(30, TimeUnit.SECONDS);
  }

  /** The answer as text. */
  public static String answer(FunctionPool function, String event) throws Exception {
    Outcome outcome = invoke(function, event);
    if (outcome instanceof Outcome.Answered answered) {
      return new String(answered.payload(), StandardCharsets.UTF_8);
    }
    throw new AssertionError("no answer but " + outcome);
  }
}
