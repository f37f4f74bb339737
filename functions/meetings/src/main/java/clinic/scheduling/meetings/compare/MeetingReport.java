package clinic.scheduling.meetings.compare;

import java.util.List;
import java.util.Set;

/**
 * The result of comparing one clinician.
 *
 * @param findings what differs
 * @param meetings how many blocks there should be
 * @param blocks how many blocks Canvas shows
 * @param unread the keys of the calendars that could not be read, with the reason in one word.
 *     While there are any, findings of blocks without a meeting are left out
 * @param stopped the keys of the calendars that a guard has stopped. They are not compared, and
 *     while there are any, findings of blocks without a meeting are left out
 */
public record MeetingReport(
    List<MeetingFinding> findings,
    int meetings,
    int blocks,
    Set<String> unread,
    Set<String> stopped) {
  public MeetingReport {
    findings = List.copyOf(findings);
    unread = Set.copyOf(unread);
    stopped = Set.copyOf(stopped);
  }

  /** How many findings have a repair that takes a block away. */
  public long removals() {
    return findings.stream().filter(MeetingFinding::isRemoval).count();
  }

  /** Whether everything that was compared is as it should be. */
  public boolean isClean() {
    return findings.isEmpty() && unread.isEmpty() && stopped.isEmpty();
  }
}
