package clinic.scheduling.intake;

import clinic.scheduling.core.http.Request;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Decides whether a notice comes from our Canvas, and which id it has. A notice that has a
 * signature header or a time-stamp header must have a valid signature. A valid token does not make
 * up for a bad or missing signature.
 */
@Singleton
class SenderAuthentication {
  private static final String ID = "webhook-id";
  private static final String TIMESTAMP = "webhook-timestamp";
  private static final String SIGNATURE = "webhook-signature";

  private final Signature signature;
  private final BearerTokens tokens;

  SenderAuthentication(Signature signature, BearerTokens tokens) {
    this.signature = signature;
    this.tokens = tokens;
  }

  /**
   * The id of the notice; empty if the sender is not authenticated. A repeat of a notice has the
   * same id, unless the notice is unsigned and its sender chose no valid id.
   *
   * @param body the bytes as they were received
   */
  Optional<String> authenticate(Request request, byte[] body) {
    boolean signed = request.header(TIMESTAMP).isPresent() || request.header(SIGNATURE).isPresent();
    return signed
        ? request.header(ID).filter(id -> isGenuine(request, id, body))
        : request.bearer().filter(tokens::isAccepted).map(token -> unsignedId(request));
  }

  /** Why a notice was refused, in one word for the log. The answer does not tell it. */
  String whyRefused(Request request) {
    if (request.header(TIMESTAMP).filter(time -> !signature.isFresh(time)).isPresent()) {
      return "time-stamp";
    }
    if (request.header(TIMESTAMP).isPresent() || request.header(SIGNATURE).isPresent()) {
      return "signature";
    }
    return request.bearer().isPresent() ? "token" : "unsigned";
  }

  private boolean isGenuine(Request request, String id, byte[] body) {
    return signature.isGenuine(
        id, request.header(TIMESTAMP).orElse(""), request.header(SIGNATURE).orElse(""), body);
  }

  /**
   * An unsigned notice may carry an id that its sender chose. If the notice has no valid id, it
   * gets the id of the request, and counts as new. We cannot recognise a repeat by the body: the
   * Workflow Kit sends the same body for every cancellation of one visit, and the second
   * cancellation must not be dropped.
   */
  private static String unsignedId(Request request) {
    return "unsigned-" + request.header(ID).filter(Signature::isValidId).orElseGet(request::id);
  }
}
