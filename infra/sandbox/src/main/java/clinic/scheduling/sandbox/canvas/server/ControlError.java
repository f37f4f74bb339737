package clinic.scheduling.sandbox.canvas.server;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.http.Reply;

/** The reply of the control interface to a request that fails. */
final class ControlError {
  private ControlError() {}

  static Reply reply(int status, String text) {
    return Reply.json(status, Json.write(Json.object().put("error", text)));
  }
}
