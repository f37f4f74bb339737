package clinic.scheduling.meetings.plan;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.ledger.Entry;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What the ledger knows about a block. While the block exists, the entry has the id of its
 * appointment and its generation (see {@link clinic.scheduling.canvas.BlockName}). Otherwise the
 * entry has the generation that the next block will get.
 *
 * @param block the digest in the name of the block
 */
public record KnownBlock(String block, Entry entry) {
  /** The fingerprint of a removal. */
  public static final String REMOVED = "removed";

  private static final String SHOWN = "shown";
  private static final String AT = "@";

  static String fingerprint(Interval time, String rest) {
    return time.start() + "/" + time.end() + AT + rest;
  }

  /** The fingerprint of the removal of a block that was at this time. */
  public static String removalOf(Optional<Interval> time) {
    return time.map(it -> fingerprint(it, REMOVED)).orElse(REMOVED);
  }

  /** The fingerprint of a block that was seen at this time, and whose change Canvas refuses. */
  public static String shownAt(Interval time) {
    return fingerprint(time, SHOWN);
  }

  /** The time that the block has, or that the last worker tried to give it, if known. */
  public Optional<Interval> time() {
    String fingerprint = entry.fingerprint();
    int at = fingerprint.indexOf(AT);
    int slash = fingerprint.indexOf('/');
    return at < 0 || slash < 0 || slash > at
        ? Optional.empty()
        : Interval.between(
            Instants.parse(fingerprint.substring(0, slash)),
            Instants.parse(fingerprint.substring(slash + 1, at)));
  }

  /**
   * Whether Canvas shows the block as the last worker left it.
   *
   * @param type the code of its type
   * @param titles the digests that its title may have
   */
  public boolean isShownAs(Interval shown, String type, Set<String> titles) {
    return time().equals(Optional.of(shown))
        && titles.stream()
            .anyMatch(digest -> entry.fingerprint().endsWith(" " + type + " " + digest));
  }

  /** Whether the block is as wanted, or was freed by staff with the consent of the practice. */
  boolean isAs(String wanted) {
    return entry.isDone() && entry.fingerprint().equals(wanted);
  }

  /**
   * Whether Canvas may have the block: its appointment is known, or its last change is in doubt.
   */
  public boolean mayExist() {
    return !entry.external().isEmpty()
        || entry.state() == Entry.State.CLAIMED
        || entry.state() == Entry.State.DOUBT;
  }

  /** Whether no block of this name takes time from now on, for certain. */
  boolean isOverBy(Instant now) {
    return !mayExist()
        || (entry.isDone() && time().filter(it -> !it.end().isAfter(now)).isPresent());
  }

  /** Whether the block, or its removal, was over before this time. */
  boolean isOverBefore(Instant time) {
    return entry.settledAt().isBefore(time)
        && time().map(it -> it.end().isBefore(time)).orElse(!mayExist());
  }
}
