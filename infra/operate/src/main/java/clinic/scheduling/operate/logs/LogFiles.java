package clinic.scheduling.operate.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The logs of the local run, one file for each process. */
public record LogFiles(Path folder) implements Logs {

  @Override
  public List<LogLine> about(String function, String messageId) {
    return lines(function, messageId, line -> line.isAbout(messageId));
  }

  @Override
  public List<LogLine> beginningWith(String function, String word, Instant since) {
    return lines(
        function, word, line -> line.text().startsWith(word) && !line.at().isBefore(since));
  }

  /**
   * @param part what each of the lines contains; the others are not parsed
   */
  private List<LogLine> lines(String function, String part, Predicate<LogLine> wanted) {
    List<LogLine> found = new ArrayList<>();
    for (Path file : files(function)) {
      try (Stream<String> lines = Files.lines(file)) {
        lines
            .filter(line -> line.contains(part))
            .flatMap(line -> LogLine.parse(line).stream())
            .filter(wanted)
            .forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    found.sort(Comparator.comparing(LogLine::at));
    return found;
  }

  private List<Path> files(String function) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(function + "-"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
