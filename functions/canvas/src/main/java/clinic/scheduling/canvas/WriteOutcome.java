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
   * @param mayLandWithin for so long a search that does not find it proves nothing: it may still be
   *     on its way, or the search may lag behind; zero if Canvas cannot have taken it
   */
  record Unknown(Duration retryAfter, Duration mayLandWithin) implements WriteOutcome {
    /** Longer than any connection to Canvas is kept waiting, on either side. */
    static final Duration ON_ITS_WAY = Duration.ofSeconds(30);

    /** Canvas is done with it; what it did may not show at once. */
    static final Duration DONE_WITH = Duration.ofSeconds(5);
  }
}
