package clinic.scheduling.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs the senders inside Canvas with the Python in {@code CANVAS_SDK_PYTHON}, which has Canvas's
 * own packages, or else with {@code python3} and stand-ins for these packages.
 */
record Senders(String python) {
  static final Path TESTS = Path.of("../../infra/canvas-plugin/tests");
  private static final int MOST_SECONDS = 60;
  private static final String NEW_ENOUGH =
      "import sys; sys.exit(0 if sys.version_info >= (3, 9) else 1)";

  /** Returns the senders, or skips the test with a message if there is no suitable Python. */
  static Senders orSkip() {
    String given = System.getenv("CANVAS_SDK_PYTHON");
    Senders senders = new Senders(given == null || given.isEmpty() ? "python3" : given);
    Assumptions.assumeTrue(
        senders.isThere(),
        "the senders inside Canvas were not run: there is no Python 3.9 or newer");
    return senders;
  }

  private boolean isThere() {
    try {
      Process asked = start("", List.of("-c", NEW_ENOUGH), ProcessBuilder.Redirect.DISCARD);
      boolean ended = asked.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
      asked.destroyForcibly();
      return ended && asked.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Runs Python with these arguments and returns the output. The run must succeed. */
  String run(String secret, String... script) {
    try {
      File output = Files.createTempFile("senders", ".txt").toFile();
      try {
        Process process = start(secret, List.of(script), ProcessBuilder.Redirect.to(output));
        boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String printed = Files.readString(output.toPath(), StandardCharsets.UTF_8);
        assertThat(ended && process.exitValue() == 0).as(printed).isTrue();
        return printed;
      } finally {
        Files.delete(output.toPath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Process start(String secret, List<String> script, ProcessBuilder.Redirect output)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(python, "-B"));
    command.addAll(script);
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(TESTS.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output);
    process.environment().put("SENDER_SECRET", secret);
    return process.start();
  }
}
