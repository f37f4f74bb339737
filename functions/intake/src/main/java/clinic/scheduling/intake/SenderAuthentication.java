package clinic.scheduling.intake;

import clinic.scheduling.core.http.Request;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Decides whether a notice comes from our Canvas, and which id it has. If a notice has a signature
 * or a time stamp, only the signature counts. A valid token then does not help.
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
   * The id of the notice, the same for each repeat; empty if the sender is not authenticated.
   *
   * @param body the bytes as they were received
   */
  Optional<String> authenticate(Request request, byte[] body) {
    boolean signed = request.header(TIMESTAMP).isPresent() || request.header(SIGNATURE).isPresent();
    return signed
        ? request.header(ID).filter(id -> isGenuine(request, id, body))
        : request.bearer().filter(tokens::isAccepted).map(token -> unsignedId(request));
  }

  private boolean isGenuine(Request request, String id, byte[] body) {
    return signature.isGenuine(
        id, request.header(TIMESTAMP).orElse(""), request.header(SIGNATURE).orElse(""), body);
  }

  /**
   * An unsigned notice may carry an id that its sender chose. Without one, it gets the id of the
   * request and counts as new: the Workflow Kit's body is the same for every cancellation of one
   * visit, and the second cancellation must not be dropped.
   */
  private static String unsignedId(Request request) {
    return "unsigned-" + request.header(ID).filter(Signature::isValidId).orElseGet(request::id);
  }
}
