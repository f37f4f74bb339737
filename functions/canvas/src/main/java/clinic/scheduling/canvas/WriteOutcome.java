package clinic.scheduling.canvas;

import java.time.Duration;
import java.util.Optional;

/** The outcome of a create or an update in Canvas (docs/facts/canvas.md 1.5, 1.7 and 3.4). */
public sealed interface WriteOutcome {

  /** Calls the method of the visitor that handles this outcome. */
  <R> R accept(Visitor<R> visitor);

  /**
   * Handles each outcome. If an outcome is added, the code compiles only once every visitor handles
   * it.
   */
  interface Visitor<R> {
    R written(Written outcome);

    R timeTaken(TimeTaken outcome);

    R changed(Changed outcome);

    R absent(Absent outcome);

    R refused(Refused outcome);

    R unknown(Unknown outcome);
  }

  default boolean isWritten() {
    return false;
  }

  /** This outcome if nobody knows whether Canvas has written; empty otherwise. */
  default Optional<Unknown> asUnknown() {
    return Optional.empty();
  }

  /**
   * Canvas has written the resource.
   *
   * @param id from the {@code Location} header of a create, or the id that was updated
   */
  record Written(String id) implements WriteOutcome {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.written(this);
    }

    @Override
    public boolean isWritten() {
      return true;
    }
  }

  /** 422: another appointment of the practitioner overlaps, and double booking is off. */
  record TimeTaken() implements WriteOutcome {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.timeTaken(this);
    }
  }

  /** 412: the resource has changed since we read it. */
  record Changed() implements WriteOutcome {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.changed(this);
    }
  }

  /** 404: there is no such resource. */
  record Absent() implements WriteOutcome {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.absent(this);
    }
  }

  /**
   * 400, 403, 405, 422: Canvas will refuse the same request again.
   *
   * @param code the code of Canvas's answer, or {@link #APPOINTMENT_TYPE}
   */
  record Refused(int status, String code) implements WriteOutcome {
    /** The code if Canvas does not know the appointment type, or lets nobody schedule it. */
    public static final String APPOINTMENT_TYPE = "appointment-type";

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.refused(this);
    }
  }

  /**
   * There was no clear answer: a time-out, a cut connection, a 401 even with a new token, 408, 429
   * or 5xx. Canvas may or may not have written the resource. Search for it by the identifier that
   * we gave it, and never repeat the write blindly.
   *
   * @param mayLandWithin for how long the write may still take effect, or be missing in the result
   *     of a search. Until then, a search without a result proves nothing. Zero if Canvas cannot
   *     have written it
   */
  record Unknown(Duration retryAfter, Duration mayLandWithin) implements WriteOutcome {
    /**
     * The value of {@code mayLandWithin} for a write that may still be on its way. Neither we nor
     * Canvas keep a connection open for so long.
     */
    static final Duration ON_ITS_WAY = Duration.ofSeconds(30);

    /**
     * The value of {@code mayLandWithin} for a write that Canvas answered with an error. If Canvas
     * has written it all the same, a search shows it within this time.
     */
    static final Duration SEARCH_LAG = Duration.ofSeconds(5);

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.unknown(this);
    }

    @Override
    public Optional<Unknown> asUnknown() {
      return Optional.of(this);
    }
  }
}
