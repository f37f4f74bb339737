package clinic.scheduling.simulation;

import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.simulation.Truth.Version;
import clinic.scheduling.simulation.Truth.Visit;
import java.util.ArrayList;
import java.util.List;

/**
 * The test oracle: it measures how long changes take to arrive, and reports violations at the end.
 */
final class Oracle {
  private final Run run;
  private final CalendarChecks calendars;
  final List<Long> calmLags = new ArrayList<>();
  final List<Long> stormLags = new ArrayList<>();

  Oracle(Run run, Practice practice) {
    this.run = run;
    this.calendars = new CalendarChecks(run, practice);
  }

  /** Measures what an invocation of SyncCalendars has completed, whether it ended or died. */
  void synced(Process process, boolean done) {
    run.result.count(done ? Counter.SYNCS : Counter.SYNC_FAILED);
    Version served = process.work.served;
    if (served == null || served.visit().unsettled.isEmpty()) {
      return;
    }
    Visit visit = served.visit();
    int shown = calendars.newestShown(visit);
    if (done
        && process.work.calendarWrites == 0
        && visit.unsettled.stream().anyMatch(it -> it.about.number() < shown)) {
      run.result.count(Counter.STALE_NOTICE_IGNORED);
    }
    visit.unsettled.removeIf(
        notice -> {
          if (notice.about.number() > shown) {
            return false;
          }
          long lag = run.time.now() - notice.acceptedAt;
          (run.faults.isStorm(notice.acceptedAt) ? stormLags : calmLags).add(Math.max(0, lag));
          return true;
        });
  }

  /** Checks every invariant at the end, and reports every violation. */
  void judge() {
    calendars.judge();
    new MessageChecks(run).judge();
    new DeadLetterChecks(run).judge();
  }
}
