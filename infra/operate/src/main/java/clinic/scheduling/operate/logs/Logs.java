package clinic.scheduling.operate.logs;

import java.time.Instant;
import java.util.List;

/** The logs of the functions of an installation. */
public interface Logs {

  /** The lines of a function about one message of its queue, oldest first. */
  List<LogLine> about(String function, String messageId);

  /** The lines of a function since a time whose text begins with a word, oldest first. */
  List<LogLine> beginningWith(String function, String word, Instant since);

  /** Why a message failed: the last warning or error about it, or a text that there is none. */
  default String reason(String function, String messageId) {
    return about(function, messageId).stream()
        .filter(LogLine::isTrouble)
        .reduce((earlier, later) -> later)
        .map(LogLine::text)
        .orElse("the log says nothing any more");
  }
}
