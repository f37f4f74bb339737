package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.practice.Reconciliation;
import clinic.scheduling.upkeep.TaskRequest;
import clinic.scheduling.upkeep.UpkeepSettings;
import clinic.scheduling.upkeep.reconcile.Certificate.Outcome;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One clinician, from the survey to the certificate. Trouble with one stops nobody else. */
@Singleton
final class ReconcileClinician {
  /** Why a clinician is held. */
  static final String REMOVALS = "removals";

  static final String MESSAGES = "messages";

  private final TakeSnapshot survey;
  private final Repairs repairs;
  private final UnsentChanges untold;
  private final Guard removals;
  private final Guard messages;
  private final MetricLog meter;
  private final Clock clock;
  private final String function;
  private final Log log = Log.of(ReconcileClinician.class);

  ReconcileClinician(
      TakeSnapshot survey,
      Repairs repairs,
      UnsentChanges untold,
      Practice practice,
      MetricLog meter,
      Clock clock,
      UpkeepSettings settings) {
    this.survey = survey;
    this.repairs = repairs;
    Reconciliation limits = practice.reconciliation();
    this.untold = untold;
    this.removals =
        new Guard(limits.fewRemovals(), limits.mostRemovals(), limits.mostRemovalsPercent());
    this.messages =
        new Guard(limits.fewMessages(), limits.mostMessages(), limits.mostMessagesPercent());
    this.meter = meter;
    this.clock = clock;
    this.function = settings.functionName();
  }

  /** Empty if there is not enough time left for this one. */
  Optional<Certificate> one(
      Practitioner who, Interval window, TaskRequest errand, Deadline deadline) {
    log.put("practitioner", who.id());
    try {
      Certificate certificate = certificate(who, window, errand, deadline, Concern.ALL);
      tell(certificate, errand);
      measure(certificate, errand);
      return Optional.of(certificate);
    } catch (OutOfTimeException e) {
      log.info("left-to-the-next-run");
      return Optional.empty();
    }
  }

  /**
   * Of days outside the usual ones, where only what stands or is known is written over or taken
   * away: what never stood there is not made, nor is looked for what a patient has not heard of.
   * The measures tell only what needs a person: that something is put right there is no fault.
   *
   * @return empty if there is not enough time left
   */
  Optional<Certificate> further(
      Practitioner who, Interval days, TaskRequest errand, Deadline deadline) {
    log.put("practitioner", who.id());
    try {
      Certificate certificate = certificate(who, days, errand, deadline, Concern.WHAT_WAS);
      log.info("further-days", "from", days.start(), "outcome", certificate.outcome());
      switch (certificate.outcome()) {
        case HELD, UNKNOWN -> {
          tell(certificate, errand);
          if (!errand.dryRun()) {
            meter.write(ReconciliationMetrics.needs(certificate, function, clock.instant()));
          }
        }
        case AGREES, REPAIRING, PLANNED -> {}
      }
      return Optional.of(certificate);
    } catch (OutOfTimeException e) {
      return Optional.empty();
    }
  }

  /** Of somebody for whom a whole run is not long enough. */
  Certificate tooMuch(Practitioner who, TaskRequest errand) {
    Certificate certificate = Certificate.unknown(who.id(), "too-much");
    log.put("practitioner", who.id());
    log.warn("too-much-for-one-run");
    tell(certificate, errand);
    measure(certificate, errand);
    return certificate;
  }

  /** Whether all is looked for, or only what stands or is known is put right. */
  private enum Concern {
    ALL,
    WHAT_WAS;

    List<Discrepancy> of(TakeSnapshot.Surveyed found) {
      return this == ALL ? found.findings() : found.findingsOfWhatWas();
    }
  }

  private Certificate certificate(
      Practitioner who, Interval window, TaskRequest errand, Deadline deadline, Concern concern) {
    try {
      TakeSnapshot.Surveyed found = survey.of(who, window, deadline);
      List<Discrepancy> findings = concern.of(found);
      Set<String> mute = isTooMuchNews(found, errand) ? found.unheard() : Set.of();
      String held = held(found, findings, errand, concern == Concern.ALL && !mute.isEmpty());
      Outcome outcome = outcome(found, findings, errand, held);
      Certificate certificate = Certificate.of(who.id(), outcome, held, found, findings);
      if (errand.dryRun() || held.equals(REMOVALS)) {
        return certificate;
      }
      int noted =
          concern == Concern.ALL
              ? untold.note(who.canvasId(), window, found.silent(), deadline)
              : 0;
      return certificate.with(
          repairs.make(who, findings, found.ledger(), mute, deadline).noting(noted));
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

  private boolean isTooMuchNews(TakeSnapshot.Surveyed found, TaskRequest errand) {
    return !errand.force()
        && messages.isTooMuch(found.unheard().size(), found.picture().sights().size());
  }

  private String held(
      TakeSnapshot.Surveyed found,
      List<Discrepancy> findings,
      TaskRequest errand,
      boolean tooMuchNews) {
    if (!errand.force() && removals.stops(findings, found.picture().standing().size())) {
      return REMOVALS;
    }
    return tooMuchNews ? MESSAGES : "";
  }

  private static Outcome outcome(
      TakeSnapshot.Surveyed found, List<Discrepancy> findings, TaskRequest errand, String held) {
    if (!held.isEmpty()) {
      return Outcome.HELD;
    }
    if (!found.unread().isEmpty()) {
      return Outcome.UNKNOWN;
    }
    if (findings.isEmpty()) {
      return Outcome.AGREES;
    }
    return errand.dryRun() ? Outcome.PLANNED : Outcome.REPAIRING;
  }

  private void tell(Certificate it, TaskRequest errand) {
    it.unread()
        .forEach(
            (binding, code) -> log.warn("calendar-unreadable", "binding", binding, "code", code));
    it.findings().stream()
        .limit(CertificateJson.LISTED)
        .forEach(
            one ->
                log.info(
                    "finding",
                    "kind",
                    CertificateJson.word(one.kind()),
                    "visit",
                    one.place().visit(),
                    "binding",
                    one.place().binding(),
                    "repair",
                    CertificateJson.word(one.repair())));
    log.info(
        "certificate",
        "outcome",
        CertificateJson.word(it.outcome()),
        "wanted",
        it.sides().wanted(),
        "standing",
        it.sides().standing(),
        "findings",
        it.findings().size(),
        "hinted",
        it.done().hinted(),
        "adopted",
        it.done().adopted(),
        "removed",
        it.done().removed(),
        "noted",
        it.done().noted(),
        "undone",
        it.done().undone(),
        "cancelled",
        it.done().cancelled(),
        "canvas",
        it.sides().canvas(),
        "calendars",
        it.sides().calendars(),
        "equal",
        it.equal(),
        "dryRun",
        errand.dryRun());
    if (it.outcome() == Outcome.HELD && it.reason().equals(MESSAGES)) {
      log.error("messages-held", "messages", it.unheard());
    } else if (it.outcome() == Outcome.HELD) {
      log.error(
          "reconciliation-held",
          "removals",
          it.findings().stream().filter(Discrepancy::takesAway).count());
    }
  }

  private void measure(Certificate it, TaskRequest errand) {
    if (!errand.dryRun()) {
      meter.write(ReconciliationMetrics.line(it, function, clock.instant()));
    }
  }
}
