package clinic.scheduling.deadletters;

import java.io.IOException;

/** Why a message failed, as the log of its consumer says. */
interface FailureReasons {

  /**
   * The last warning or error about a message, or a text that says that there is none.
   *
   * @param queue whose consumer it was
   */
  String of(String queue, String messageId) throws IOException;
}
