package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.upkeep.TaskRequest;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The days that a usual run does not look at. They are gone through once for a clinician whose
 * calendars or policies are not what they were, and for one who has left the practice document:
 * nothing else would rewrite or take away what stands there. A month is done once it agrees; one
 * that does not in {@value #TRIES} runs is passed, which the log says once.
 */
@Singleton
final class Backfill {
  /** With a run every hour a day, which is longer than a notice is tried. */
  private static final int TRIES = 24;

  private static final int NAMED = 20;

  private final BackfillStore rounds;
  private final ReconcileClinician certify;
  private final Log log = Log.of(Backfill.class);

  Backfill(BackfillStore rounds, ReconcileClinician certify) {
    this.rounds = rounds;
    this.certify = certify;
  }

  /** Whether somebody of that id was in the practice document once. */
  boolean knows(String practitioner) {
    return rounds.find(practitioner).isPresent();
  }

  /**
   * Goes on as long as there is time.
   *
   * @return the ids of those with whom it has not come to the end
   */
  List<String> walk(TaskRequest errand, Deadline deadline) {
    List<String> left = new ArrayList<>();
    for (BackfillProgress round : rounds.all()) {
      boolean asked = errand.practitioner().map(round.who().id()::equals).orElse(true);
      if (asked && !isDone(round, errand, deadline)) {
        left.add(round.who().id());
      }
    }
    return left;
  }

  /** The month that is next, as it is now, of the one who is asked for. Changes nothing. */
  Map<Interval, Certificate> look(TaskRequest errand, Deadline deadline) {
    Map<Interval, Certificate> months = new LinkedHashMap<>();
    errand
        .practitioner()
        .flatMap(rounds::find)
        .filter(Predicate.not(BackfillProgress::isOver))
        .ifPresent(
            at ->
                certify
                    .further(at.who(), at.days(), errand, deadline)
                    .ifPresent(it -> months.put(at.days(), it)));
    return months;
  }

  private boolean isDone(BackfillProgress round, TaskRequest errand, Deadline deadline) {
    BackfillProgress at = round;
    while (!at.isOver()) {
      // The word was given for what somebody has seen, which is the month that is held.
      if (errand.force() && at.held() && !at.forced()) {
        at = rounds.write(at.force());
      }
      Optional<Certificate> found = certify.further(at.who(), at.days(), errand(at), deadline);
      if (found.isEmpty()) {
        return false;
      }
      BackfillProgress next = next(at, found.get());
      if (next.month() == at.month()) {
        return false;
      }
      at = next;
    }
    return true;
  }

  private BackfillProgress next(BackfillProgress at, Certificate found) {
    return switch (found.outcome()) {
      case AGREES -> rounds.write(at.onward());
      case REPAIRING -> rounds.write(at.tries() + 1 < TRIES ? at.again() : passed(at, found));
      case HELD -> at.held() ? at : rounds.write(at.hold());
      case UNKNOWN, PLANNED -> at;
    };
  }

  private BackfillProgress passed(BackfillProgress at, Certificate found) {
    log.error(
        "further-days-passed",
        "from",
        at.days().start(),
        "to",
        at.days().end(),
        "visits",
        found.findings().stream().map(it -> it.place().visit()).distinct().limit(NAMED).toList());
    return at.past();
  }

  private static TaskRequest errand(BackfillProgress at) {
    return new TaskRequest(
        "reconcile",
        Optional.of(at.who().id()),
        Optional.empty(),
        Optional.empty(),
        false,
        at.forced());
  }
}
