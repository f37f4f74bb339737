package clinic.scheduling.benchmark.report;

import java.io.PrintStream;
import java.time.Clock;

/** Prints progress to the terminal, with the seconds since the start. */
public final class Progress {
  private final PrintStream out;
  private final Clock clock;
  private final long start;

  public Progress(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
    this.start = clock.millis();
  }

  public void say(String what) {
    out.printf("%5d s  %s%n", (clock.millis() - start) / 1000, what);
  }

  public void show(Table table) {
    out.println();
    out.println(table.text());
  }
}
