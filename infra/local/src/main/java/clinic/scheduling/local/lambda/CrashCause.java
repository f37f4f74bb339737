package clinic.scheduling.local.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/** The last exception in the log of a Java program that died. */
final class CrashCause {
  private static final int LONGEST = 500;
  private static final int MOST_LINES = 100;

  private CrashCause() {}

  /** The lines of its root cause; empty if the log has none. */
  static String of(Path log) {
    Deque<String> words = new ArrayDeque<>();
    try (Stream<String> lines = Files.lines(log)) {
      boolean said = true;
      for (String line : (Iterable<String>) lines::iterator) {
        if (line.startsWith("Caused by: ")) {
          words.clear();
          said = false;
        }
        said |= line.startsWith("\t") || words.size() == MOST_LINES;
        if (!said) {
          words.add("\n  " + line.substring(0, Math.min(LONGEST, line.length())));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
    return String.join("", words);
  }
}
