package clinic.scheduling.meetings.compare;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The result of comparing one clinician.
 *
 * @param findings what differs
 * @param meetings how many blocks there should be
 * @param blocks how many blocks Canvas shows
 * @param removals how many meetings would lose their blocks by the repairs. All instances of one
 *     series count as one meeting, if the table still knows the series
 * @param removable how many meetings have blocks, counted in the same way
 * @param unread the keys of the calendars that could not be read, with the reason in one word.
 *     While there are any, blocks without a meeting are no findings
 * @param stopped the keys of the calendars that a guard has stopped. They are not compared, and
 *     while there are any, blocks without a meeting are no findings
 * @param calendars the keys of all calendars of the clinician that block time, or of which the
 *     table has meetings
 */
public record MeetingReport(
    List<MeetingFinding> findings,
    int meetings,
    int blocks,
    long removals,
    long removable,
    Map<String, String> unread,
    Set<String> stopped,
    Set<String> calendars) {
  /** There is nothing to compare. */
  public static final MeetingReport NOTHING =
      new MeetingReport(List.of(), 0, 0, 0, 0, Map.of(), Set.of(), Set.of());

  public MeetingReport {
    findings = List.copyOf(findings);
    unread = Map.copyOf(unread);
    stopped = Set.copyOf(stopped);
    calendars = Set.copyOf(calendars);
  }

  /** Whether everything was compared, and is as it should be. */
  public boolean isClean() {
    return findings.isEmpty() && unread.isEmpty() && stopped.isEmpty();
  }
}
