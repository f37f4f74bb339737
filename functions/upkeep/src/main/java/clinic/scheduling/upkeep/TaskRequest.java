package clinic.scheduling.upkeep;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The input of {@link RunUpkeep}. docs/runbook.md shows the inputs that a person sends. A task
 * ignores the fields that it does not use.
 *
 * @param practitioner the clinician's id in the practice document; empty for all clinicians
 * @param from the first local day; empty if the task chooses the day
 * @param to the last local day, inclusive; empty if the task chooses the day
 * @param dryRun whether the task only reports what it would do
 * @param force whether to continue where a guard against too many changes would stop the run; not
 *     for meetings
 * @param forceMeetings the same for the meetings of the clinician that the request names, and for
 *     calendars of this clinician that a guard has stopped
 * @param visit the Canvas id of any appointment of the visit
 */
public record TaskRequest(
    String task,
    Optional<String> practitioner,
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    boolean dryRun,
    boolean force,
    boolean forceMeetings,
    Optional<String> visit) {

  /** A request that concerns no single visit. */
  public TaskRequest(
      String task,
      Optional<String> practitioner,
      Optional<LocalDate> from,
      Optional<LocalDate> to,
      boolean dryRun,
      boolean force) {
    this(task, practitioner, from, to, dryRun, force, false, Optional.empty());
  }
}
