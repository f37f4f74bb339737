package clinic.scheduling.local.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The cause that a Java program names last before it dies. */
final class LastWords {
  private static final int LONGEST = 500;

  private LastWords() {}

  /** On a line of its own; empty if the log names no cause. */
  static String of(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.startsWith("Caused by: "))
          .reduce((first, second) -> second)
          .map(line -> "\n  " + line.substring(0, Math.min(LONGEST, line.length())))
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
