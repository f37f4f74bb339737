package clinic.scheduling.operate.installation;

import clinic.scheduling.operate.output.OperateException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** What RunUpkeep answers. */
final class UpkeepAnswers {
  /** Lambda ends every run after 15 minutes, or earlier if the template says so. */
  static final Duration LONGEST_RUN = Duration.ofMinutes(16);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REFUSED = "BadTaskRequestException";

  /** Messages that are told; those of other failures may quote something. */
  private static final Set<String> KNOWN =
      Set.of(
          "no such practitioner",
          "that practitioner is not in the practice document any more: leave out from and to");

  private UpkeepAnswers() {}

  /**
   * @throws OperateException if the answer is not JSON
   */
  static JsonNode parse(byte[] answer) {
    try {
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new OperateException("RunUpkeep has answered something that is not JSON");
    }
  }

  /**
   * Says why a run failed.
   *
   * @param type the class of the failure
   * @param message its message, which is shown only if it cannot quote anything
   */
  static OperateException failure(String type, String message) {
    boolean told = type.endsWith(REFUSED) || KNOWN.contains(message);
    return new OperateException(
        "the run failed: " + (told ? message : type + "; see the log of RunUpkeep"));
  }

  static OperateException lost() {
    return new OperateException(
        "the answer was lost. The run may be going on, and is not started again: see operate"
            + " status in some minutes");
  }
}
