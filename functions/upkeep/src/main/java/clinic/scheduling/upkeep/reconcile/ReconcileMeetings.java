package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.practice.Reconciliation;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.meetings.compare.CompareMeetings;
import clinic.scheduling.meetings.compare.MeetingReport;
import clinic.scheduling.upkeep.TaskRequest;
import clinic.scheduling.upkeep.reconcile.compare.Guard;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The second direction of a reconciliation: compares the meetings of a clinician with the blocks in
 * Canvas. The repair of a block is a message to MirrorMeetings, which reads the calendars again
 * before it acts.
 */
@Singleton
final class ReconcileMeetings {
  /** The longest that we wait for all pages of one calendar. */
  private static final Duration ONE_CALENDAR = Duration.ofSeconds(45);

  private static final Duration ONE_MESSAGE = Duration.ofSeconds(6);

  private final CompareMeetings compareMeetings;
  private final Queue<CalendarChange> changes;
  private final Guard guard;
  private final Clock clock;

  ReconcileMeetings(
      CompareMeetings compareMeetings,
      Queue<CalendarChange> changes,
      Practice practice,
      Clock clock) {
    this.compareMeetings = compareMeetings;
    this.changes = changes;
    Reconciliation limits = practice.reconciliation();
    this.guard =
        new Guard(limits.fewRemovals(), limits.mostRemovals(), limits.mostRemovalsPercent());
    this.clock = clock;
  }

  /**
   * Compares. Changes nothing. If no calendar of the clinician blocks time, this costs no call;
   * then it only looks for blocks that are left.
   *
   * @param onlyLeftBlocks whether to look only for blocks that are left of calendars that no longer
   *     block time
   * @throws clinic.scheduling.core.UnavailableException if Canvas does not answer completely
   * @throws OutOfTimeException if there is not enough time
   */
  MeetingReport compare(
      Practitioner who,
      Interval window,
      boolean onlyLeftBlocks,
      WindowAppointments appointments,
      Deadline deadline) {
    int calendars = compareMeetings.blocking(who.canvasId()).size();
    if (calendars > 0 && onlyLeftBlocks) {
      return MeetingReport.NOTHING;
    }
    List<Appointment> known =
        calendars > 0 ? appointments.all() : appointments.known().orElse(List.of());
    OutOfTimeException.throwUnlessTimeFor(ONE_CALENDAR.multipliedBy(calendars), deadline);
    return compareMeetings.compare(who.canvasId(), window, known);
  }

  /** Asks the guard, and repairs. */
  MeetingCertificate settle(
      Practitioner who, MeetingReport report, TaskRequest request, Deadline deadline) {
    boolean tooManyRemovals =
        !request.forceMeetings() && guard.isTooMany(report.removals(), report.removable());
    MeetingCertificate certificate = certificate(report, request, tooManyRemovals);
    if (request.dryRun() || tooManyRemovals) {
      return certificate;
    }
    CompareMeetings.Repaired repaired =
        compareMeetings.repair(who.canvasId(), report, deadline::leaves);
    Set<String> forced = request.forceMeetings() ? report.stopped() : Set.of();
    if (repaired.prepared() > 0 || !forced.isEmpty()) {
      sendChanges(report.calendars(), forced, deadline);
    }
    return certificate.with(repaired);
  }

  private static MeetingCertificate certificate(
      MeetingReport report, TaskRequest request, boolean tooManyRemovals) {
    if (tooManyRemovals) {
      return MeetingCertificate.of(Outcome.HELD, MeetingCertificate.REMOVALS, report);
    }
    if (!report.stopped().isEmpty() && !request.forceMeetings()) {
      return MeetingCertificate.of(Outcome.HELD, MeetingCertificate.STOPPED, report);
    }
    return MeetingCertificate.of(outcome(report, request), "", report);
  }

  private static Outcome outcome(MeetingReport report, TaskRequest request) {
    if (!report.unread().isEmpty()) {
      return Outcome.UNKNOWN;
    }
    boolean isRepairable = report.findings().stream().anyMatch(it -> !it.isForTheClinic());
    if (!isRepairable && report.stopped().isEmpty()) {
      return Outcome.AGREES; // what remains is up to the clinic
    }
    return request.dryRun() ? Outcome.PLANNED : Outcome.REPAIRING;
  }

  /** What there is no time for, the next poll of the calendar does. */
  private void sendChanges(Set<String> calendars, Set<String> forced, Deadline deadline) {
    for (String calendar : new TreeSet<>(calendars)) {
      if (!deadline.leaves(ONE_MESSAGE)) {
        return;
      }
      String provider = calendar.substring(0, calendar.indexOf('-'));
      CalendarChange change = CalendarChange.of(provider, calendar, clock.instant());
      changes.send(forced.contains(calendar) ? change.forced() : change);
    }
  }
}
