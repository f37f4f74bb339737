package clinic.scheduling.local.run;

import java.io.PrintStream;
import java.time.Clock;

/** Prints what happens to the terminal, with the milliseconds since the start. */
public final class Console {
  private final PrintStream out;
  private final Clock clock;
  private final long start;

  public Console(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
    this.start = clock.millis();
  }

  void step(String what) {
    out.printf("%7d ms  %s%n", clock.millis() - start, what);
  }

  void say(String text) {
    out.println(text);
  }
}
