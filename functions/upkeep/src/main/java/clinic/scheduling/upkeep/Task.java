package clinic.scheduling.upkeep;

import clinic.scheduling.core.Deadline;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A task that runs on a schedule, and on demand. {@link RunUpkeep} finds it by its name. It may run
 * twice at the same time, and again after a failure, and must do no harm then.
 */
public interface Task {

  /** The name in the input, which is also the name of the schedule. */
  String name();

  /**
   * @param deadline work that does not fit before it is left to the next run, and the answer says
   *     so
   * @return ids and numbers that say what was done; never anything about a patient
   */
  JsonNode run(TaskRequest request, Deadline deadline);
}
