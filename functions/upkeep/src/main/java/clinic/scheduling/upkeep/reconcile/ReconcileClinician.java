package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.practice.Reconciliation;
import clinic.scheduling.meetings.compare.MeetingReport;
import clinic.scheduling.upkeep.TaskRequest;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy;
import clinic.scheduling.upkeep.reconcile.compare.Guard;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reconciles one clinician: takes a snapshot, compares its sides, asks the guards, repairs, and
 * issues a certificate. A failure with one clinician does not stop the others.
 */
@Singleton
final class ReconcileClinician {
  private final ReadVisits readVisits;
  private final TakeSnapshot takeSnapshot;
  private final ReconcileMeetings reconcileMeetings;
  private final Repairs repairs;
  private final UnsentChanges unsentChanges;
  private final Guard removalGuard;
  private final Guard messageGuard;
  private final PublishCertificate publish;
  private final Log log = Log.of(ReconcileClinician.class);

  ReconcileClinician(
      ReadVisits readVisits,
      TakeSnapshot takeSnapshot,
      ReconcileMeetings reconcileMeetings,
      Repairs repairs,
      UnsentChanges unsentChanges,
      Practice practice,
      PublishCertificate publish) {
    this.readVisits = readVisits;
    this.takeSnapshot = takeSnapshot;
    this.reconcileMeetings = reconcileMeetings;
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
      log.info("further-days", "from", days.start(), "outcome", certificate.overall());
      switch (certificate.overall()) {
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
   * Reads, compares, asks the guards and repairs, in both directions: visits and entries, meetings
   * and blocks. Everything is read before anything is repaired. A failure or a guard of one
   * direction does not stop the other. The outcome says what was found before the repairs; the next
   * run shows their result.
   *
   * @throws OutOfTimeException if there is not enough time to read everything
   */
  private Certificate certify(
      Practitioner who, Interval window, Scope scope, TaskRequest request, Deadline deadline) {
    // 1. Read. A calendar that cannot be read is not changed; without Canvas, nothing is changed.
    WindowAppointments appointments =
        new WindowAppointments(() -> readVisits.appointments(who.canvasId(), window, deadline));
    Attempt<Inspection> visits =
        attempt(() -> takeSnapshot.take(who, window, appointments, deadline));
    Attempt<MeetingReport> meetings =
        attempt(
            () ->
                reconcileMeetings.compare(
                    who, window, scope == Scope.EXISTING_ENTRIES, appointments, deadline));

    // 2. Ask the guards, and repair. What fails here or has no time, the next run finds again.
    Certificate certificate =
        visits
            .then(found -> attempt(() -> settle(who, window, scope, found, request, deadline)))
            .orElse(failure -> Certificate.unknown(who.id(), failure));
    return certificate.with(
        meetings
            .then(report -> attempt(() -> reconcileMeetings.settle(who, report, request, deadline)))
            .orElse(MeetingCertificate::unknown));
  }

  /**
   * Compares visits with entries, asks the guards and repairs.
   *
   * <p>Too many removals stop all repairs of this clinician's entries; the outcome is {@code HELD}.
   * Too many messages stop only the messages: the visits get notices that ask for a repair of the
   * calendars and no message. The outcome is {@code HELD} in this case, too, but not in a backfill,
   * which does not repair unsent changes.
   */
  private Certificate settle(
      Practitioner who,
      Interval window,
      Scope scope,
      Inspection found,
      TaskRequest request,
      Deadline deadline) {
    // 1. Compare.
    List<Discrepancy> discrepancies =
        switch (scope) {
          case ALL -> found.discrepancies();
          case EXISTING_ENTRIES -> found.discrepanciesOfExisting();
        };

    // 2. Guard.
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

    // 3. Repair.
    int noted =
        scope == Scope.ALL
            ? unsentChanges.record(who.canvasId(), window, found.silent(), deadline)
            : 0;
    Repairs.Done done = repairs.make(who, discrepancies, found.ledger(), silentVisits, deadline);
    return certificate.with(done.withNoted(noted));
  }

  /** The result of a step, or why it failed. */
  private record Attempt<T>(Optional<T> result, String failure) {
    <R> Attempt<R> then(Function<T, Attempt<R>> next) {
      return result.map(next).orElseGet(() -> new Attempt<>(Optional.empty(), failure));
    }

    T orElse(Function<String, T> other) {
      return result.orElseGet(() -> other.apply(failure));
    }
  }

  private <T> Attempt<T> attempt(Supplier<T> step) {
    try {
      return new Attempt<>(Optional.of(step.get()), "");
    } catch (OutOfTimeException e) {
      throw e;
    } catch (UnavailableException e) {
      log.warn("canvas-unreadable", "system", e.system());
      return new Attempt<>(Optional.empty(), e.system());
    } catch (RuntimeException e) {
      log.failure("reconcile-failed", e);
      return new Attempt<>(Optional.empty(), "failed");
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
