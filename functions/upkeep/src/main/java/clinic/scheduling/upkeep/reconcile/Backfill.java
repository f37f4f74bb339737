package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.upkeep.TaskRequest;
import clinic.scheduling.upkeep.reconcile.BackfillStore.Progress;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reconciles, once, the days outside the usual window. This is needed for a clinician whose
 * calendars or policies have changed, and for one who has left the practice document: nothing else
 * would rewrite or remove their entries there.
 *
 * <p>A month is done once it agrees. A month that does not agree in {@value #MOST_TRIES} runs is
 * skipped, which the log says once.
 */
@Singleton
final class Backfill {
  /** With a run every hour, a day, which is longer than a notice is retried. */
  private static final int MOST_TRIES = 24;

  private static final int MOST_VISITS_NAMED = 20;

  private final BackfillStore store;
  private final ReconcileClinician reconcileClinician;
  private final Log log = Log.of(Backfill.class);

  Backfill(BackfillStore store, ReconcileClinician reconcileClinician) {
    this.store = store;
    this.reconcileClinician = reconcileClinician;
  }

  /** Whether a clinician of that id has ever been in the practice document. */
  boolean knows(String practitioner) {
    return store.find(practitioner).isPresent();
  }

  /**
   * Goes on with everybody's backfill as long as there is time.
   *
   * @return the ids of the clinicians whose backfill is not finished
   */
  List<String> run(TaskRequest request, Deadline deadline) {
    List<String> unfinished = new ArrayList<>();
    for (Progress progress : store.all()) {
      String id = progress.who().id();
      boolean asked = request.practitioner().map(id::equals).orElse(true);
      if (asked && !isFinished(progress, request, deadline)) {
        unfinished.add(id);
      }
    }
    return unfinished;
  }

  /** What the next month of the named clinician looks like now. Changes nothing. */
  Map<Interval, Certificate> preview(TaskRequest request, Deadline deadline) {
    Map<Interval, Certificate> months = new LinkedHashMap<>();
    request
        .practitioner()
        .flatMap(store::find)
        .filter(Predicate.not(Progress::isOver))
        .ifPresent(
            at ->
                reconcileClinician
                    .backfill(at.who(), at.days(), request, deadline)
                    .ifPresent(it -> months.put(at.days(), it)));
    return months;
  }

  private boolean isFinished(Progress start, TaskRequest request, Deadline deadline) {
    Progress at = start;
    while (!at.isOver()) {
      // A person has approved what they have seen, which is the month that was held.
      if (request.force() && at.held() && !at.forced()) {
        at = store.write(at.asForced());
      }
      Optional<Certificate> certificate =
          reconcileClinician.backfill(at.who(), at.days(), requestFor(at), deadline);
      if (certificate.isEmpty()) {
        return false;
      }
      Progress next = next(at, certificate.get());
      if (next.month() == at.month()) {
        return false;
      }
      at = next;
    }
    return true;
  }

  private Progress next(Progress at, Certificate certificate) {
    return switch (certificate.outcome()) {
      case AGREES -> store.write(at.nextMonth());
      case REPAIRING ->
          store.write(
              at.tries() + 1 < MOST_TRIES ? at.afterAnotherTry() : skipped(at, certificate));
      case HELD -> at.held() ? at : store.write(at.asHeld());
      case UNKNOWN, PLANNED -> at;
    };
  }

  private Progress skipped(Progress at, Certificate certificate) {
    log.error(
        "further-days-passed",
        "from",
        at.days().start(),
        "to",
        at.days().end(),
        "visits",
        certificate.discrepancies().stream()
            .map(it -> it.key().visit())
            .distinct()
            .limit(MOST_VISITS_NAMED)
            .toList());
    return at.skipMonth();
  }

  private static TaskRequest requestFor(Progress at) {
    return new TaskRequest(
        "reconcile",
        Optional.of(at.who().id()),
        Optional.empty(),
        Optional.empty(),
        false,
        at.forced());
  }
}
