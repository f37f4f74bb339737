package clinic.scheduling.deadletters;

import java.io.IOException;

/** Why a message failed, as the log of its consumer says. */
interface Reasons {

  /**
   * The last warning or error about a message; a text that says so if there is none.
   *
   * @param queue whose consumer it was
   */
  String of(String queue, String messageId) throws IOException, InterruptedException;
}
