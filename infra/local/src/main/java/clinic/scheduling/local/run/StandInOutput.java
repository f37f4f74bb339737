package clinic.scheduling.local.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/** Redirects the output of the stand-ins to files, so that the terminal stays readable. */
final class StandInOutput {
  private StandInOutput() {}

  /** Starts new logs. */
  static void toFile(Path logs) throws IOException {
    LogFile.clear(logs);
    PrintStream file =
        new PrintStream(
            Files.newOutputStream(logs.resolve("stand-ins.log")), true, StandardCharsets.UTF_8);
    System.setOut(file);
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    Arrays.stream(root.getHandlers()).forEach(root::removeHandler);
    root.addHandler(handler(file));
  }

  private static Handler handler(PrintStream file) {
    return new StreamHandler(file, new SimpleFormatter()) {
      @Override
      public synchronized void publish(LogRecord line) {
        super.publish(line);
        flush();
      }
    };
  }
}
