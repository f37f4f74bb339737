package clinic.scheduling.canvas;

import java.time.Duration;

/** What became of a create or an update. */
public sealed interface WriteOutcome {

  /** It stands; the id comes from the {@code Location} header of a create, or was known. */
  record Written(String id) implements WriteOutcome {}

  /** 422: another appointment of the practitioner overlaps, and double booking is off. */
  record TimeTaken() implements WriteOutcome {}

  /** 412: somebody changed it after we read it. */
  record Changed() implements WriteOutcome {}

  /** 404: there is no such resource. */
  record Absent() implements WriteOutcome {}

  /** 400, 403, 405, 422: it will be refused again as it is. */
  record Refused(int status, String code) implements WriteOutcome {}

  /**
   * Time-out, cut connection, 401 with a new token too, 408, 429 or 5xx: it may stand or not. Look
   * it up by the name that it was given; never repeat it blindly.
   *
   * @param answered whether there was an answer at all; without one the write may land even later
   */
  record Unknown(Duration retryAfter, boolean answered) implements WriteOutcome {}
}
