package clinic.scheduling.simulation;

import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.simulation.Clinic.Version;
import clinic.scheduling.simulation.Clinic.Visit;
import java.util.ArrayList;
import java.util.List;

/** Knows the truth: measures how long it takes to arrive, and at the end says what is wrong. */
final class Oracle {
  private final Run run;
  private final CalendarJudge calendars;
  final List<Long> calmLags = new ArrayList<>();
  final List<Long> stormLags = new ArrayList<>();

  Oracle(Run run, Practice practice) {
    this.run = run;
    this.calendars = new CalendarJudge(run, practice);
  }

  /** An invocation of the fan-out is over, or dead: whatever has settled by it is measured. */
  void synced(Process process, boolean done) {
    run.tally.count(done ? Counted.SYNCS : Counted.SYNC_FAILED);
    Version served = process.work.served;
    if (served == null || served.visit().unsettled.isEmpty()) {
      return;
    }
    Visit visit = served.visit();
    int shown = calendars.newestShown(visit);
    if (done
        && process.work.calendarWrites == 0
        && visit.unsettled.stream().anyMatch(it -> it.about.number() < shown)) {
      run.tally.count(Counted.STALE_NOTICE_IGNORED);
    }
    visit.unsettled.removeIf(
        notice -> {
          if (notice.about.number() > shown) {
            return false;
          }
          long lag = run.time.now() - notice.acceptedAt;
          (run.weather.isStorm(notice.acceptedAt) ? stormLags : calmLags).add(Math.max(0, lag));
          return true;
        });
  }

  /** After everything: each invariant, each violation told. */
  void judge() {
    calendars.judge();
    new MessageJudge(run).judge();
    new DeadLetterJudge(run).judge();
  }
}
