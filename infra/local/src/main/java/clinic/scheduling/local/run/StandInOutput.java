package clinic.scheduling.local.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the embedded stores print goes to a log; the terminal belongs to the person at it. */
final class StandInOutput {
  private StandInOutput() {}

  /** Begins new logs. */
  static void toFile(Path logs) throws IOException {
    LogFile.clear(logs);
    PrintStream file =
        new PrintStream(
            Files.newOutputStream(logs.resolve("stand-ins.log")), true, StandardCharsets.UTF_8);
    System.setOut(file);
    Logger.getLogger("").setLevel(Level.WARNING);
  }
}
