package clinic.scheduling.confirmations.message;

import clinic.scheduling.core.queue.VerificationMessage;
import clinic.scheduling.core.verification.Verifications;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request from the queue {@code patient-messages}: send the code of a verification. It has
 * version 2; {@link MessageRequest} has version 1.
 *
 * @param verification the id of the verification
 * @param number the number of the code
 */
public record CodeRequest(String verification, int number) {

  /**
   * Reads a message of the queue. Empty if it has another version.
   *
   * @throws BadMessageRequestException if a field is missing or wrong; names the field
   */
  public static Optional<CodeRequest> parse(@Nullable String body, ObjectMapper mapper) {
    JsonNode message = json(Objects.requireNonNullElse(body, ""), mapper);
    if (message.path("v").asInt() != VerificationMessage.VERSION) {
      return Optional.empty();
    }
    String verification = message.path("verification").asText();
    int number = message.path("code").asInt();
    require(Verifications.isId(verification), "verification");
    require(number >= 1 && number <= Verifications.CODES, "code");
    return Optional.of(new CodeRequest(verification, number));
  }

  private static JsonNode json(String body, ObjectMapper mapper) {
    try {
      return mapper.readTree(body);
    } catch (JsonProcessingException e) {
      throw new BadMessageRequestException("body");
    }
  }

  private static void require(boolean good, String field) {
    if (!good) {
      throw new BadMessageRequestException(field);
    }
  }
}
