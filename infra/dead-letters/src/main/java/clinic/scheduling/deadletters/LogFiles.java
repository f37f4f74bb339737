package clinic.scheduling.deadletters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The logs of the local run, one file for each process. */
record LogFiles(Path folder) implements FailureReasons {

  @Override
  public String of(String queue, String messageId) throws IOException {
    String last = LogLine.NONE;
    for (Path file : files(LogLine.consumer(queue))) {
      try (Stream<String> lines = Files.lines(file)) {
        last =
            lines
                .flatMap(line -> LogLine.about(messageId, line).stream())
                .reduce((first, second) -> second)
                .orElse(last);
      }
    }
    return last;
  }

  private List<Path> files(String function) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(function + "-"))
          .sorted()
          .toList();
    }
  }
}
