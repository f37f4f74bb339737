package clinic.scheduling.booking.request;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Request;
import java.util.Optional;

/**
 * The {@code Idempotency-Key} that the caller chose (IETF draft
 * draft-ietf-httpapi-idempotency-key-header).
 */
public record IdempotencyKey(String value) {

  /**
   * @throws clinic.scheduling.core.http.Problem.ProblemException if the header is missing, or is
   *     not 1 to 255 visible ASCII characters
   */
  public static IdempotencyKey of(Request request) {
    String key = request.header("idempotency-key").orElse("");
    if (!key.matches("[\\x21-\\x7e]{1,255}")) {
      throw Problem.invalid(
              "Idempotency-Key", "must be a header of 1 to 255 visible ASCII characters")
          .asException();
    }
    return new IdempotencyKey(key);
  }

  /**
   * The key of a request that may have none.
   *
   * @throws clinic.scheduling.core.http.Problem.ProblemException if there is a header that is not 1
   *     to 255 visible ASCII characters
   */
  public static Optional<IdempotencyKey> ifSent(Request request) {
    return request.header("idempotency-key").map(sent -> of(request));
  }

  /** Our identifier of the appointment that is booked under this key. */
  public String bookingId() {
    return "bk-" + Digest.of("booking", value);
  }

  /** A digest of this key, for use in row keys. */
  String digest() {
    return Digest.of("key", value);
  }
}
