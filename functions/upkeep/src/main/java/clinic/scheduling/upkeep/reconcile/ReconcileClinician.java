package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.practice.Reconciliation;
import clinic.scheduling.upkeep.TaskRequest;
import clinic.scheduling.upkeep.reconcile.Certificate.Outcome;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy;
import clinic.scheduling.upkeep.reconcile.compare.Guard;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reconciles one clinician: takes a snapshot, compares its sides, asks the guards, repairs, and
 * issues a certificate. A failure with one clinician does not stop the others.
 */
@Singleton
final class ReconcileClinician {
  private final TakeSnapshot takeSnapshot;
  private final Repairs repairs;
  private final UnsentChanges unsentChanges;
  private final Guard removalGuard;
  private final Guard messageGuard;
  private final PublishCertificate publish;
  private final Log log = Log.of(ReconcileClinician.class);

  ReconcileClinician(
      TakeSnapshot takeSnapshot,
      Repairs repairs,
      UnsentChanges unsentChanges,
      Practice practice,
      PublishCertificate publish) {
    this.takeSnapshot = takeSnapshot;
    this.repairs = repairs;
    this.unsentChanges = unsentChanges;
    Reconciliation limits = practice.reconciliation();
    this.removalGuard =
        new Guard(limits.fewRemovals(), limits.mostRemovals(), limits.mostRemovalsPercent());
    this.messageGuard =
        new Guard(limits.fewMessages(), limits.mostMessages(), limits.mostMessagesPercent());
    this.publish = publish;
  }

  /** What a run looks for. */
  private enum Scope {
    /** Everything, including changes of which patients have not been told. */
    ALL,
    /** Only entries that exist or that the ledger knows. */
    EXISTING_ENTRIES
  }

  /**
   * Reconciles everything in a window.
   *
   * @return empty if there is not enough time left for this clinician
   */
  Optional<Certificate> reconcile(
      Practitioner who, Interval window, TaskRequest request, Deadline deadline) {
    log.put("practitioner", who.id());
    try {
      Certificate certificate = certify(who, window, Scope.ALL, request, deadline);
      publish(certificate, request);
      return Optional.of(certificate);
    } catch (OutOfTimeException e) {
      log.info("left-to-the-next-run");
      return Optional.empty();
    }
  }

  /**
   * Reconciles days outside the usual window. There we only repair or remove entries that exist or
   * that the ledger knows. We neither create entries that the ledger does not know, nor repair
   * unsent changes. The metrics show only whether a person has to act.
   *
   * @return empty if there is not enough time left
   */
  Optional<Certificate> backfill(
      Practitioner who, Interval days, TaskRequest request, Deadline deadline) {
    log.put("practitioner", who.id());
    try {
      Certificate certificate = certify(who, days, Scope.EXISTING_ENTRIES, request, deadline);
      log.info("further-days", "from", days.start(), "outcome", certificate.outcome());
      switch (certificate.outcome()) {
        case HELD, UNKNOWN -> {
          publish.log(certificate, request.dryRun());
          if (!request.dryRun()) {
            publish.writeAttentionMetrics(certificate);
          }
        }
        case AGREES, REPAIRING, PLANNED -> {}
      }
      return Optional.of(certificate);
    } catch (OutOfTimeException e) {
      return Optional.empty();
    }
  }

  /** Publishes the certificate of a clinician for whom a whole run is too short. */
  Certificate certifyTooMuch(Practitioner who, TaskRequest request) {
    Certificate certificate = Certificate.unknown(who.id(), "too-much");
    log.put("practitioner", who.id());
    log.warn("too-much-for-one-run");
    publish(certificate, request);
    return certificate;
  }

  /**
   * Reads, compares, asks the guards and repairs. The outcome says what was found before the
   * repairs; the next run shows their result.
   *
   * <p>Too many removals stop all repairs of this clinician; the outcome is {@code HELD}. Too many
   * messages stop only the messages: the visits get notices that ask for a repair of the calendars
   * and no message. The outcome is {@code HELD} in this case, too, but not in a backfill, which
   * does not repair unsent changes.
   *
   * @throws OutOfTimeException if there is not enough time to read everything
   */
  private Certificate certify(
      Practitioner who, Interval window, Scope scope, TaskRequest request, Deadline deadline) {
    try {
      // 1. Read. A calendar that cannot be read is not changed; without Canvas, nothing is changed.
      Inspection found = takeSnapshot.take(who, window, deadline);

      // 2. Compare.
      List<Discrepancy> discrepancies =
          switch (scope) {
            case ALL -> found.discrepancies();
            case EXISTING_ENTRIES -> found.discrepanciesOfExisting();
          };

      // 3. Guard.
      boolean tooManyRemovals =
          !request.force()
              && removalGuard.removesTooMany(discrepancies, found.snapshot().actual().size());
      boolean tooManyMessages =
          !request.force()
              && messageGuard.isTooMany(
                  found.untoldVisits().size(), found.snapshot().visits().size());
      Set<String> silentVisits = tooManyMessages ? found.untoldVisits() : Set.of();
      String heldReason = "";
      if (tooManyRemovals) {
        heldReason = Certificate.REMOVALS;
      } else if (tooManyMessages && scope == Scope.ALL) {
        heldReason = Certificate.MESSAGES;
      }
      Outcome outcome = outcome(found, discrepancies, request, heldReason);
      Certificate certificate = Certificate.of(who.id(), outcome, heldReason, found, discrepancies);
      if (request.dryRun() || tooManyRemovals) {
        return certificate;
      }

      // 4. Repair. If something fails here or has no time, the next run finds it again.
      int noted =
          scope == Scope.ALL
              ? unsentChanges.record(who.canvasId(), window, found.silent(), deadline)
              : 0;
      Repairs.Done done = repairs.make(who, discrepancies, found.ledger(), silentVisits, deadline);
      return certificate.with(done.withNoted(noted));
    } catch (OutOfTimeException e) {
      throw e;
    } catch (UnavailableException e) {
      log.warn("canvas-unreadable", "system", e.system());
      return Certificate.unknown(who.id(), e.system());
    } catch (RuntimeException e) {
      log.failure("reconcile-failed", e);
      return Certificate.unknown(who.id(), "failed");
    }
  }

  private static Outcome outcome(
      Inspection found, List<Discrepancy> discrepancies, TaskRequest request, String heldReason) {
    if (!heldReason.isEmpty()) {
      return Outcome.HELD;
    }
    if (!found.unread().isEmpty()) {
      return Outcome.UNKNOWN;
    }
    if (discrepancies.isEmpty()) {
      return Outcome.AGREES;
    }
    return request.dryRun() ? Outcome.PLANNED : Outcome.REPAIRING;
  }

  private void publish(Certificate certificate, TaskRequest request) {
    publish.log(certificate, request.dryRun());
    if (!request.dryRun()) {
      publish.writeMetrics(certificate);
    }
  }
}
