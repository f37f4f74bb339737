package clinic.scheduling.booking.create;

import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.verification.Verification;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** The answers of the API about a verification. */
@Singleton
class VerificationAnswer {

  /** Answers 202 with the verification, or says that it has ended. */
  APIGatewayV2HTTPResponse begun(Optional<Verification> found) {
    return found
        .map(verification -> Responses.json(202, shown(verification)))
        .orElseGet(() -> Responses.problem(ended()));
  }

  /** The problem for a verification that has ended, or that never was. */
  Problem ended() {
    return Problem.of(
        ProblemType.VERIFICATION_EXPIRED,
        "Send the booking again, with a new Idempotency-Key, to get a new code.");
  }

  APIGatewayV2HTTPResponse wrongCode(int triesLeft) {
    return Responses.problem(
        Problem.of(ProblemType.WRONG_CODE, "Type the code of the latest message, or ask for one."),
        Map.of("triesLeft", IntNode.valueOf(triesLeft)));
  }

  private static ObjectNode shown(Verification verification) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.putObject("verification")
        .put("id", verification.id())
        .put("channel", verification.contact().medium().word())
        .put("expiresAt", verification.end().toString());
    return node;
  }
}
