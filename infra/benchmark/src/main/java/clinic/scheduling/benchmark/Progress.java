package clinic.scheduling.benchmark;

import java.io.PrintStream;
import java.time.Clock;

/** Tells the person at the terminal how far it is, with the seconds since the start. */
final class Progress {
  private final PrintStream out;
  private final Clock clock;
  private final long start;

  Progress(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
    this.start = clock.millis();
  }

  void say(String what) {
    out.printf("%5d s  %s%n", (clock.millis() - start) / 1000, what);
  }

  void show(Table table) {
    out.println();
    out.println(table.text());
  }
}
