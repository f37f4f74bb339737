package clinic.scheduling.upkeep;

import clinic.scheduling.core.Deadline;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A task that runs on a schedule, or when a person starts it. {@link RunUpkeep} finds a task by its
 * name. A task must do no harm if it runs twice at the same time, or again after a failure.
 */
public interface Task {

  /** The name in the input, which is also the name of the schedule. */
  String name();

  /**
   * @param deadline the time limit; the next run does the work for which there is too little time,
   *     and the answer says so
   * @return ids and numbers that say what was done; never anything about a patient
   */
  JsonNode run(TaskRequest request, Deadline deadline);
}
