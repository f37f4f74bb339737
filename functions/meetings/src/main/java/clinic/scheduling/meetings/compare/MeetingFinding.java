package clinic.scheduling.meetings.compare;

import clinic.scheduling.core.Interval;
import java.util.Optional;

/**
 * One difference between the meetings of a clinician and the blocks in Canvas.
 *
 * @param block the digest in the name of the block
 * @param appointment the appointment in Canvas, if there is one
 * @param time when the block is, or should be
 */
public record MeetingFinding(
    Kind kind, String block, Optional<ShownBlock> appointment, Interval time) {

  /** What is wrong, and what {@link CompareMeetings#repair} does about it. */
  public enum Kind {
    /** A meeting has no block. The block is created. */
    MISSING,
    /** A block is at another time than its meeting. The block is moved. */
    MISPLACED,
    /** A block is there without a meeting. The block is cancelled. */
    UNEXPECTED,
    /** Canvas has the block twice. The one that the table does not have is cancelled. */
    DUPLICATE,
    /** The block is right, but the table does not have it. The table is corrected. */
    UNTRACKED,
    /** Canvas refuses the block, because a visit has its time. Only the clinic can repair that. */
    CONFLICT
  }

  /** Whether the repair takes a block away. */
  public boolean isRemoval() {
    return kind == Kind.UNEXPECTED || kind == Kind.DUPLICATE;
  }

  /** Whether the repair is up to the clinic. */
  public boolean isForTheClinic() {
    return kind == Kind.CONFLICT;
  }
}
