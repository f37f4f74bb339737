package clinic.scheduling.local.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A log of the local run itself, with one line for each event. */
final class LogFile implements Consumer<String>, AutoCloseable {
  private final PrintWriter writer;

  private LogFile(PrintWriter writer) {
    this.writer = writer;
  }

  /** Creates the folder, and removes the logs of earlier runs. */
  static void clear(Path logs) throws IOException {
    Files.createDirectories(logs);
    try (DirectoryStream<Path> old = Files.newDirectoryStream(logs, "*.log")) {
      for (Path log : old) {
        Files.delete(log);
      }
    }
  }

  static LogFile open(Path file) {
    try {
      return new LogFile(
          new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void accept(String line) {
    writer.println(line);
  }

  @Override
  public synchronized void close() {
    writer.close();
  }
}
