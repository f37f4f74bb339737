package clinic.scheduling.upkeep;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Builds the real function with given tasks, for the simulation. */
public final class SimulatedUpkeep {
  private SimulatedUpkeep() {}

  public static RunUpkeep on(Task task, Clock clock, int timeoutSeconds) {
    return new RunUpkeep(List.of(task), clock, () -> Duration.ofSeconds(timeoutSeconds));
  }
}
