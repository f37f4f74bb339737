package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.meetings.compare.CompareMeetings;
import clinic.scheduling.meetings.compare.MeetingFinding;
import clinic.scheduling.meetings.compare.MeetingReport;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The part of a {@link Certificate} about meetings and their blocks in Canvas. It contains only
 * ids, words, times and numbers.
 *
 * @param reason why the outcome is {@code HELD} or {@code UNKNOWN}; otherwise empty
 * @param report what was found, before the repairs
 */
record MeetingCertificate(
    Outcome outcome, String reason, MeetingReport report, CompareMeetings.Repaired repaired) {

  /** More findings than this are counted, but not listed. */
  static final int MOST_LISTED = 200;

  /** The reasons of {@link Outcome#HELD}. */
  static final String REMOVALS = "meeting-removals";

  /** A guard of MirrorMeetings has stopped a calendar. */
  static final String STOPPED = "meetings-stopped";

  /** Nothing was to be compared. */
  static final MeetingCertificate NOTHING = of(Outcome.AGREES, "", MeetingReport.NOTHING);

  static MeetingCertificate unknown(String reason) {
    return of(Outcome.UNKNOWN, reason, MeetingReport.NOTHING);
  }

  static MeetingCertificate of(Outcome outcome, String reason, MeetingReport report) {
    return new MeetingCertificate(outcome, reason, report, CompareMeetings.Repaired.NOTHING);
  }

  MeetingCertificate with(CompareMeetings.Repaired repairs) {
    return new MeetingCertificate(outcome, reason, report, repairs);
  }

  /** Whether a calendar could not be read, or nothing could. */
  boolean isUnknown() {
    return outcome == Outcome.UNKNOWN || !report.unread().isEmpty();
  }

  /** Whether everything could be compared, and each meeting has its block. */
  boolean equal() {
    return outcome != Outcome.UNKNOWN && report.isClean();
  }

  /** How many differences somebody other than the clinic can repair. */
  long outOfStep() {
    return report.findings().stream().filter(it -> !it.isForTheClinic()).count();
  }

  long conflicts() {
    return count(MeetingFinding.Kind.CONFLICT);
  }

  private long count(MeetingFinding.Kind kind) {
    return report.findings().stream().filter(it -> it.kind() == kind).count();
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("outcome", outcome.word());
    if (!reason.isEmpty()) {
      json.put("reason", reason);
    }
    json.put("compared", report.meetings()).put("blocks", report.blocks());
    for (MeetingFinding.Kind kind : MeetingFinding.Kind.values()) {
      json.put(kind.word(), count(kind));
    }
    json.put("prepared", repaired.prepared())
        .put("removed", repaired.removed())
        .put("undone", repaired.undone());
    ArrayNode stopped = json.putArray("stopped");
    report.stopped().stream().sorted().forEach(stopped::add);
    ObjectNode unread = json.putObject("unread");
    report.unread().forEach(unread::put);
    ArrayNode findings = json.putArray("findings");
    report.findings().stream()
        .limit(MOST_LISTED)
        .forEach(
            one ->
                findings
                    .addObject()
                    .put("finding", one.kind().word())
                    .put("block", one.block())
                    .put("appointment", one.appointmentId())
                    .put("start", one.time().start().toString()));
    return json;
  }
}
