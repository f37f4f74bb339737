package clinic.scheduling.core.http;

import java.util.Locale;

/**
 * Every kind of error in the API, with its status and title (RFC 9457). The list is part of the
 * public contract: {@code infra/openapi.yaml} repeats it, and a test compares the two.
 */
public enum ProblemType {
  INVALID_REQUEST(400, "The request is not valid"),
  INVALID_SLOT(400, "The slot is not one that was offered here"),
  UNAUTHORIZED(401, "The proof of who is calling is missing, wrong or too old"),
  NOT_FOUND(404, "There is nothing here"),
  SLOT_TAKEN(409, "The time has been taken"),
  HOLD_EXPIRED(409, "The hold has ended"),
  WRONG_CODE(409, "The code is not right"),
  VERIFICATION_EXPIRED(409, "The verification has ended"),
  SLOT_EXPIRED(409, "The slot was offered too long ago"),
  NOT_LICENSED(409, "The clinician may not treat this patient there"),
  IN_PROGRESS(409, "The first request with this Idempotency-Key is still at work"),
  CALL_THE_CLINIC(409, "The clinic has to help with this booking"),
  NOTICE_PERIOD(409, "It is too late to do this online"),
  NOT_MOVABLE(409, "The visit can no longer be changed"),
  PAYLOAD_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json"),
  IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used with another body"),
  TOO_MANY_REQUESTS(429, "There were too many requests"),
  INTERNAL(500, "Something went wrong here"),
  CANVAS_UNAVAILABLE(503, "The clinic's system does not answer"),
  NOT_SET_UP(503, "The clinic has not set up this service yet"),
  UNAVAILABLE(503, "The service does not answer now");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String uri() {
    return "urn:problem-type:scheduling:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
