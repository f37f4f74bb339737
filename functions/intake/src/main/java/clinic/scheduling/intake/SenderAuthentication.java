package clinic.scheduling.intake;

import clinic.scheduling.core.http.Request;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Decides whether a notice comes from our Canvas, and which id it has. A notice with any part of a
 * signature is judged by its signature alone: a valid token does not make up for a bad signature.
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
  Optional<String> noticeId(Request request, byte[] body) {
    boolean signed = request.header(TIMESTAMP).isPresent() || request.header(SIGNATURE).isPresent();
    return signed
        ? request.header(ID).filter(id -> isGenuine(request, id, body))
        : request.bearer().filter(tokens::accept).map(token -> unsignedId(request));
  }

  private boolean isGenuine(Request request, String id, byte[] body) {
    return signature.isGenuine(
        id, request.header(TIMESTAMP).orElse(""), request.header(SIGNATURE).orElse(""), body);
  }

  /**
   * An unsigned notice may repeat the id that its sender gave it. Without such an id each notice
   * counts as new: the Workflow Kit's body is the same for every cancellation of one visit, and the
   * second cancellation must not be dropped.
   */
  private static String unsignedId(Request request) {
    return "unsigned-" + request.header(ID).filter(Signature::isValidId).orElseGet(request::id);
  }
}
