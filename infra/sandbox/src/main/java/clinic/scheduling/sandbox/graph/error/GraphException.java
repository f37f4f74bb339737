package clinic.scheduling.sandbox.graph.error;

import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** An error of Graph, with the code and message that Graph sends. */
public final class GraphException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  public GraphException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  public static GraphException badRequest(String message) {
    return new GraphException(400, "ErrorInvalidRequest", message);
  }

  public static GraphException notFound() {
    return new GraphException(
        404, "ErrorItemNotFound", "The specified object was not found in the store.");
  }

  /** The answer of Graph with this error. */
  public Reply reply() {
    return reply(status, code, String.valueOf(getMessage()));
  }

  /** The usual error for a status, for a fault that has no code of its own. */
  public static Reply usual(int status, String code) {
    String usual =
        switch (status) {
          case 401 -> "InvalidAuthenticationToken";
          case 403 -> "ErrorAccessDenied";
          case 404 -> "ErrorItemNotFound";
          case 429 -> "ApplicationThrottled";
          case 503 -> "serviceNotAvailable";
          default -> "generalException";
        };
    return reply(status, code.isEmpty() ? usual : code, "Made by the sandbox.");
  }

  private static Reply reply(int status, String code, String message) {
    String requestId = UUID.randomUUID().toString();
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error").put("code", code).put("message", message);
    error.putObject("innerError").put("request-id", requestId).put("client-request-id", requestId);
    return Reply.json(status, body.toString()).with("request-id", requestId);
  }
}
