package clinic.scheduling.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinic.scheduling.local.testing.ForkedRunner;
import clinic.scheduling.local.testing.TestFunctions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a run ends, none of its processes continues. */
class NoProcessIsLeftBehindTest {
  private static final Duration TO_START = Duration.ofSeconds(60);
  private static final Duration TO_END = Duration.ofSeconds(10);

  @TempDir Path folder;
  private final List<ProcessHandle> started = new ArrayList<>();

  @AfterEach
  void endWhatATestLeft() {
    started.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void aFunctionEndsSoonAfterItsRunnerWasKilled() throws Exception {
    Process runner = start(java(ForkedRunner.class, folder.toString()), Map.of());
    ProcessHandle function = printed(runner);
    assertThat(function.isAlive()).isTrue();

    kill(runner.toHandle());

    await().atMost(TO_END).until(() -> !function.isAlive());
  }

  @Test
  void aRunThatIsStillStartingEndsWhenMavenWasKilled() throws Exception {
    String template = Files.readString(Path.of("src/test/resources/template.yaml"));
    Files.writeString(
        folder.resolve("template.yaml"),
        template.replace(TestFunctions.HANDLER, TestFunctions.NEVER_READY));
    TestFunctions.zip(folder);
    TestFunctions.practice(folder);
    List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" & echo $!; wait", "sh"));
    command.addAll(
        java(
            Run.class,
            "--repository=" + folder,
            "--target=" + folder.resolve("target"),
            "--api-port=0",
            "--sandbox-port=0",
            "--parameter=Origins=http://a.example.invalid"));
    Process maven = start(command, Map.of("SECRET", "s", "VAULT", "v"));
    ProcessHandle run = printed(maven);
    AtomicReference<ProcessHandle> child = new AtomicReference<>();
    await()
        .atMost(TO_START)
        .until(
            () -> {
              run.children().findAny().ifPresent(child::set);
              return child.get() != null;
            });
    ProcessHandle function = remembered(child.get());

    kill(maven.toHandle());

    await().atMost(TO_END).until(() -> !run.isAlive() && !function.isAlive());
  }

  @Test
  void anExecutableEndsSoonAfterItsRunnerWasKilled() throws Exception {
    Files.copy(Path.of("src/test/resources/template.yaml"), folder.resolve("template.yaml"));
    TestFunctions.executable(folder, "exec sleep 600");
    TestFunctions.practice(folder);
    List<String> command =
        java(
            Run.class,
            "--repository=" + folder,
            "--target=" + folder.resolve("target"),
            "--native=true",
            "--api-port=0",
            "--sandbox-port=0",
            "--parameter=Origins=http://a.example.invalid");
    ProcessHandle run = start(command, Map.of("SECRET", "s", "VAULT", "v")).toHandle();
    await().atMost(TO_START).until(() -> run.children().findAny().isPresent());
    ProcessHandle function = remembered(run.children().findAny().orElseThrow());

    kill(run);

    await().atMost(TO_END).until(() -> !function.isAlive());
  }

  private static List<String> java(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private Process start(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process process = builder.redirectError(folder.resolve("errors.txt").toFile()).start();
    remembered(process.toHandle());
    return process;
  }

  /** The process whose id is the first line of the output. */
  private ProcessHandle printed(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    return remembered(ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow());
  }

  private ProcessHandle remembered(ProcessHandle process) {
    started.add(process);
    return process;
  }

  /** Kills the process as kill -9 does, so none of its code runs any more. */
  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    await().atMost(TO_END).until(() -> !process.isAlive());
  }
}
