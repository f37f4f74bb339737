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
 * Reconciles one clinician: take a snapshot, compare, guard, repair, certify. A failure with one
 * clinician does not stop the others.
 */
@Singleton
final class ReconcileClinician {
  private final TakeSnapshot takeSnapshot;
  private final Repairs repairs;
  private final UnsentChanges unsentChanges;
  private final Guard removals;
  private final Guard messages;
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
    this.removals =
        new Guard(limits.fewRemovals(), limits.mostRemovals(), limits.mostRemovalsPercent());
    this.messages =
        new Guard(limits.fewMessages(), limits.mostMessages(), limits.mostMessagesPercent());
    this.publish = publish;
  }

  /** What a run looks for. */
  private enum Scope {
    /** Everything, with patients who have not been told. */
    ALL,
    /** Only entries that exist or that the ledger knows. */
    EXISTING_ENTRIES
  }

  /** Everything in a window. Empty if there is not enough time left for this clinician. */
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
   * Days outside the usual window. There we only repair or remove existing entries; we neither
   * create missing ones nor look for unsent changes. The metrics count only what needs a person.
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
            publish.measureAttention(certificate);
          }
        }
        case AGREES, REPAIRING, PLANNED -> {}
      }
      return Optional.of(certificate);
    } catch (OutOfTimeException e) {
      return Optional.empty();
    }
  }

  /** For a clinician for whom a whole run is not long enough. */
  Certificate tooMuch(Practitioner who, TaskRequest request) {
    Certificate certificate = Certificate.unknown(who.id(), "too-much");
    log.put("practitioner", who.id());
    log.warn("too-much-for-one-run");
    publish(certificate, request);
    return certificate;
  }

  private Certificate certify(
      Practitioner who, Interval window, Scope scope, TaskRequest request, Deadline deadline) {
    try {
      // 1. Read. A calendar that cannot be read is left alone; without Canvas, everything is.
      Inspection found = takeSnapshot.of(who, window, deadline);

      // 2. Compare.
      List<Discrepancy> discrepancies =
          switch (scope) {
            case ALL -> found.discrepancies();
            case EXISTING_ENTRIES -> found.discrepanciesOfExisting();
          };

      // 3. Guard. Too many removals stop everything; too many messages are only not sent.
      boolean tooManyRemovals =
          !request.force() && removals.stops(discrepancies, found.snapshot().actual().size());
      boolean tooManyMessages =
          !request.force()
              && messages.isTooMany(found.unheard().size(), found.snapshot().visits().size());
      Set<String> mute = tooManyMessages ? found.unheard() : Set.of();
      String held = "";
      if (tooManyRemovals) {
        held = Certificate.REMOVALS;
      } else if (tooManyMessages && scope == Scope.ALL) {
        held = Certificate.MESSAGES;
      }
      Outcome outcome = outcome(found, discrepancies, request, held);
      Certificate certificate = Certificate.of(who.id(), outcome, held, found, discrepancies);
      if (request.dryRun() || tooManyRemovals) {
        return certificate;
      }

      // 4. Repair. Whatever fails or finds no time is found again by the next run.
      int noted =
          scope == Scope.ALL
              ? unsentChanges.record(who.canvasId(), window, found.silent(), deadline)
              : 0;
      Repairs.Done done = repairs.make(who, discrepancies, found.ledger(), mute, deadline);
      return certificate.with(done.noting(noted));
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
      Inspection found, List<Discrepancy> discrepancies, TaskRequest request, String held) {
    if (!held.isEmpty()) {
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
      publish.measure(certificate);
    }
  }
}
