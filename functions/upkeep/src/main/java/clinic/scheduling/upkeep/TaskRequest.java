package clinic.scheduling.upkeep;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What is to be done. A task leaves alone what means nothing to it.
 *
 * @param practitioner the id in the practice document; empty means all
 * @param from first local day; empty means the task's own choice
 * @param to last local day, inclusive
 * @param dryRun says what would be done, and does nothing
 * @param force goes on where a guard would stop
 * @param visit the id of one of its appointments in Canvas
 */
public record TaskRequest(
    String task,
    Optional<String> practitioner,
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    boolean dryRun,
    boolean force,
    Optional<String> visit) {

  /** One that concerns no single visit. */
  public TaskRequest(
      String task,
      Optional<String> practitioner,
      Optional<LocalDate> from,
      Optional<LocalDate> to,
      boolean dryRun,
      boolean force) {
    this(task, practitioner, from, to, dryRun, force, Optional.empty());
  }
}
