package clinic.scheduling.meetings.compare;

import clinic.scheduling.core.Interval;
import java.util.Locale;
import java.util.Optional;

/**
 * One difference between the meetings of a clinician and the blocks in Canvas. The certificate and
 * the log name the kind; docs/runbook.md explains these names.
 *
 * @param block the digest in the name of the block
 * @param appointment the appointment in Canvas, if there is one
 * @param time when the block is, or should be
 * @param resetsRow whether the row of the block has to be corrected. Otherwise the next round
 *     repairs the block without that, or the row has to stay because it tells what staff have freed
 */
public record MeetingFinding(
    Kind kind, String block, Optional<ShownBlock> appointment, Interval time, boolean resetsRow) {

  /** What is wrong, and what {@link CompareMeetings#repair} does about it. */
  public enum Kind {
    /** A meeting has no block, or staff have cancelled it. The block is created. */
    MISSING,
    /** A block is at another time than its meeting. The block is moved. */
    MISPLACED,
    /** A block has another title or type than its meeting asks for. The block is changed. */
    DIFFERS,
    /** A block is there without a meeting. The block is cancelled. */
    UNEXPECTED,
    /** Canvas has the block twice. The one that the table does not have is cancelled. */
    DUPLICATE,
    /** The block is right, but the table does not have it. The table is corrected. */
    UNTRACKED,
    /** Canvas refuses the block, because a visit has its time. Only the clinic can repair that. */
    CONFLICT;

    /** The kind as logs and certificates write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the repair takes a block away. */
  public boolean isRemoval() {
    return switch (kind) {
      case UNEXPECTED, DUPLICATE -> true;
      case MISSING, MISPLACED, DIFFERS, UNTRACKED, CONFLICT -> false;
    };
  }

  /** Whether the repair is up to the clinic. */
  public boolean isForTheClinic() {
    return kind == Kind.CONFLICT;
  }

  /** The id of the appointment in Canvas; empty if there is none. */
  public String appointmentId() {
    return appointment.map(ShownBlock::appointment).orElse("");
  }
}
