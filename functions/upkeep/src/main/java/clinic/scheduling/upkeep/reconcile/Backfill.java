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
 * Reconciles, once, the days outside the usual window. This is needed when a clinician's calendars
 * or policies or the entry format have changed, and when a clinician has left the practice
 * document. No other run rewrites or removes the clinician's entries on those days.
 *
 * <p>A month is done when its certificate says that both sides agree. A month that still does not
 * agree after {@value #MOST_TRIES} runs is skipped, and logged once. A run that a guard stopped, or
 * that could not read everything, does not count.
 */
@Singleton
final class Backfill {
  /** With one run per hour, this many runs take a day, which is longer than a notice is retried. */
  private static final int MOST_TRIES = 24;

  private static final int MOST_VISITS_NAMED = 20;

  private final BackfillStore store;
  private final ReconcileClinician reconcileClinician;
  private final Log log = Log.of(Backfill.class);

  Backfill(BackfillStore store, ReconcileClinician reconcileClinician) {
    this.store = store;
    this.reconcileClinician = reconcileClinician;
  }

  /** Whether a clinician with this id is or was in the practice document. */
  boolean isKnown(String practitioner) {
    return store.find(practitioner).isPresent();
  }

  /**
   * Continues the backfill of each clinician while there is time.
   *
   * @return the ids of the clinicians whose backfill is not finished
   */
  List<String> run(TaskRequest request, Deadline deadline) {
    List<String> unfinished = new ArrayList<>();
    for (Progress progress : store.all()) {
      String id = progress.who().id();
      boolean asked = request.practitioner().map(id::equals).orElse(true);
      if (asked && !advance(progress, request, deadline)) {
        unfinished.add(id);
      }
    }
    return unfinished;
  }

  /**
   * Makes a dry run of the next month of the clinician whom the request names. The result is empty
   * if there is no such month, or not enough time.
   */
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

  /**
   * Reconciles one month after the other, and stores the progress after each. It stops at a month
   * that is not done, for one of these reasons:
   *
   * <ul>
   *   <li>Entries were repaired. The next run checks the result.
   *   <li>A guard has stopped the repair. The month waits for {@code force}.
   *   <li>Something could not be read, or there was not enough time. The next run tries again, and
   *       nothing is stored about this.
   * </ul>
   *
   * @return whether the backfill of the clinician is finished
   */
  private boolean advance(Progress start, TaskRequest request, Deadline deadline) {
    Progress at = start;
    while (!at.isOver()) {
      // force approves only a month that a guard has stopped. A person has not seen any other
      // month.
      if (request.force() && at.held() && !at.forced()) {
        at = store.write(at.asForced());
      }
      Optional<Certificate> certificate =
          reconcileClinician.backfill(at.who(), at.days(), requestFor(at, request), deadline);
      if (certificate.isEmpty()) {
        return false;
      }
      Progress next = recordResult(at, certificate.get());
      boolean isMonthDone = next.month() != at.month();
      if (!isMonthDone) {
        return false;
      }
      at = next;
    }
    return true;
  }

  private Progress recordResult(Progress at, Certificate certificate) {
    return switch (certificate.overall()) {
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

  private static TaskRequest requestFor(Progress at, TaskRequest request) {
    return new TaskRequest(
        "reconcile",
        Optional.of(at.who().id()),
        Optional.empty(),
        Optional.empty(),
        false,
        at.forced(),
        request.forceMeetings() && at.held(),
        Optional.empty());
  }
}
