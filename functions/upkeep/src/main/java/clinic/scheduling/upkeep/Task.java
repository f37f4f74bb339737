package clinic.scheduling.upkeep;

import clinic.scheduling.core.Deadline;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something that is done by the clock, and on demand. A bean of this type is found by its name; it
 * may be run twice at the same time or again after a failure, and must do no harm then.
 */
public interface Task {

  /** The word in the input, which is also the name of the schedule. */
  String name();

  /**
   * Does it.
   *
   * @param deadline when there is no time left; what cannot be done before is left to the next run,
   *     and the answer says so
   * @return what came of it: ids and numbers, never a word about a patient
   */
  JsonNode run(TaskRequest errand, Deadline deadline);
}
