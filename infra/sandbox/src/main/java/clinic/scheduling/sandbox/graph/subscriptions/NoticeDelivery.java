package clinic.scheduling.sandbox.graph.subscriptions;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One attempt to deliver a body of notices.
 *
 * @param status of the answer, or {@link #NO_ANSWER}, {@link #LOST} or {@link #GIVEN_UP}
 */
record NoticeDelivery(String url, String body, int attempt, int status, Instant at) {
  static final int NO_ANSWER = 0;

  /** It was lost on purpose, or because the sandbox closed. */
  static final int LOST = -1;

  /** The attempt before was the last one. */
  static final int GIVEN_UP = -2;

  ObjectNode json() {
    return Json.object()
        .put("url", url)
        .put("body", body)
        .put("attempt", attempt)
        .put("status", status)
        .put("at", at.toString());
  }
}
