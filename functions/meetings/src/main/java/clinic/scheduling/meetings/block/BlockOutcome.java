package clinic.scheduling.meetings.block;

import java.time.Duration;

/** The outcome of one effect on one block. */
public sealed interface BlockOutcome {

  <R> R accept(Visitor<R> visitor);

  /** Whether nothing is left to do about the block. */
  default boolean isSettled() {
    return false;
  }

  /** Handles each outcome. */
  interface Visitor<R> {
    R settled(Settled outcome);

    R timeTaken(TimeTaken outcome);

    R refused(Refused outcome);

    R looping(Looping outcome);

    R later(Later outcome);
  }

  /** The block is as wanted, or is gone as wanted, or stays as staff have left it. */
  record Settled() implements BlockOutcome {
    @Override
    public boolean isSettled() {
      return true;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.settled(this);
    }
  }

  /**
   * Canvas allows no second appointment at this time. Nothing was changed: a block that exists is
   * where it was.
   */
  record TimeTaken() implements BlockOutcome {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.timeTaken(this);
    }
  }

  /**
   * Canvas refuses the block and would refuse it again, or the appointment is not one that we may
   * change.
   *
   * @param code the reason in one word
   * @param isType whether Canvas refuses the appointment type, and so every block of the calendar
   */
  record Refused(String code, boolean isType) implements BlockOutcome {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.refused(this);
    }
  }

  /** This block was created and removed too often today. It was not created again. */
  record Looping() implements BlockOutcome {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.looping(this);
    }
  }

  /** Not now; try again after the delay. */
  record Later(Duration delay) implements BlockOutcome {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.later(this);
    }
  }
}
