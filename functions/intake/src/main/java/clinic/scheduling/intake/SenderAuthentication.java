package clinic.scheduling.intake;

import clinic.scheduling.core.http.Request;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Decides whether a notice comes from our Canvas, and what it is called. A notice that shows any
 * part of a signature is judged by the signature alone: no token makes up for a bad one.
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
   * The name of the notice, by which a repeat is known; empty if the sender is not known.
   *
   * @param body as it came over the wire
   */
  Optional<String> nameOf(Request request, byte[] body) {
    boolean signed = request.header(TIMESTAMP).isPresent() || request.header(SIGNATURE).isPresent();
    return signed
        ? request.header(ID).filter(id -> isGenuine(request, id, body))
        : request.bearer().filter(tokens::accept).map(token -> unsignedName(request));
  }

  private boolean isGenuine(Request request, String id, byte[] body) {
    return signature.isGenuine(
        id, request.header(TIMESTAMP).orElse(""), request.header(SIGNATURE).orElse(""), body);
  }

  /**
   * A sender that names its notices may repeat them. One that does not has no repeats: the seed's
   * body is the same for every cancellation of one visit, and the second one is news as well.
   */
  private static String unsignedName(Request request) {
    return "unsigned-" + request.header(ID).filter(Signature::isName).orElseGet(request::id);
  }
}
