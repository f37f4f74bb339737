package clinic.scheduling.calendars;

import java.time.Duration;
import java.util.Optional;

/**
 * The outcome of one call to a calendar. {@code docs/calendar-refusals.md} lists which answer of
 * which provider becomes which outcome.
 */
public sealed interface CalendarOutcome {

  /** Calls the visitor's method for this outcome. */
  <R> R accept(Visitor<R> visitor);

  /** One method for each outcome: a new outcome does not compile until all visitors handle it. */
  interface Visitor<R> {
    R exists(Exists outcome);

    R gone(Gone outcome);

    R notFound(NotFound outcome);

    R refused(Refused outcome);

    R denied(Denied outcome);

    R busy(Busy outcome);

    R tryLater(TryLater outcome);

    R unknown(Unknown outcome);
  }

  /** This outcome, if the entry is there. */
  default Optional<Exists> asExists() {
    return Optional.empty();
  }

  default boolean isGone() {
    return false;
  }

  default boolean isNotFound() {
    return false;
  }

  /** This outcome, if the call failed. */
  default Optional<Failure> asFailure() {
    return Optional.empty();
  }

  /**
   * The outcome for a call that only reads. Such a call changes nothing even if its answer is lost,
   * so {@code Unknown} becomes {@code TryLater}.
   */
  default CalendarOutcome asReadOutcome() {
    return this;
  }

  /** The entry is there, under this id of the provider. */
  record Exists(String externalId) implements CalendarOutcome {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.exists(this);
    }

    @Override
    public Optional<Exists> asExists() {
      return Optional.of(this);
    }
  }

  /** The entry does not exist, or no longer exists. */
  record Gone() implements CalendarOutcome {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.gone(this);
    }

    @Override
    public boolean isGone() {
      return true;
    }
  }

  /**
   * The provider finds nothing under the id. Either the entry is gone, or it was created so
   * recently that it is not visible yet. The caller then searches for the entry by its name.
   */
  record NotFound() implements CalendarOutcome {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.notFound(this);
    }

    @Override
    public boolean isNotFound() {
      return true;
    }
  }

  /**
   * The call was not completed, or we do not know whether it was. Except with {@link Unknown}, no
   * entry was created or deleted. A call has several steps, so it may have changed the fields of
   * the entry before it failed.
   */
  sealed interface Failure extends CalendarOutcome {

    /** The reason in one word. This is the provider's own code where there is one. */
    String code();

    /** For how long nobody may call this mailbox; empty if there is no such restriction. */
    default Optional<Duration> pause() {
      return Optional.empty();
    }

    default boolean isRefused() {
      return false;
    }

    default boolean isDenied() {
      return false;
    }

    @Override
    default Optional<Failure> asFailure() {
      return Optional.of(this);
    }

    @Override
    default Failure asReadOutcome() {
      return this;
    }
  }

  /**
   * The provider refuses the call for this one entry and would refuse a repeat, or there is no such
   * mailbox.
   *
   * @param code the provider's own code for the reason
   */
  record Refused(String code) implements Failure {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.refused(this);
    }

    @Override
    public boolean isRefused() {
      return true;
    }
  }

  /**
   * We have no access to the mailbox, or the mailbox is full. A retry makes sense, because access
   * that was granted recently takes hours to become effective ({@code docs/facts/outlook.md} 1).
   * Other calls to the mailbox need not wait.
   *
   * @param code the provider's own code for the reason
   */
  record Denied(String code) implements Failure {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.denied(this);
    }

    @Override
    public boolean isDenied() {
      return true;
    }
  }

  /**
   * Somebody else is changing this one entry, or the calendar does not show it yet. Retry after the
   * delay. Other entries of the mailbox are not affected.
   */
  record Busy(Duration delay) implements Failure {
    private static final Duration RETRY_SOON = Duration.ofSeconds(15);

    /** The calendar does not show the entry yet. */
    public static Busy notVisibleYet() {
      return new Busy(RETRY_SOON);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.busy(this);
    }

    @Override
    public String code() {
      return "busy";
    }
  }

  /** The call was not served. Nobody may call the mailbox before the delay is over. */
  record TryLater(Duration delay) implements Failure {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.tryLater(this);
    }

    @Override
    public String code() {
      return "throttled";
    }

    @Override
    public Optional<Duration> pause() {
      return Optional.of(delay);
    }
  }

  /**
   * We do not know whether the change was made. After the delay, search for the entry by its name.
   */
  record Unknown(Duration delay) implements Failure {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.unknown(this);
    }

    @Override
    public String code() {
      return "no-answer";
    }

    @Override
    public Optional<Duration> pause() {
      return Optional.of(delay);
    }

    @Override
    public Failure asReadOutcome() {
      return new TryLater(delay);
    }
  }
}
