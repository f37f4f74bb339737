package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.effect.EntryRecord;
import clinic.scheduling.calendars.effect.UntrackedEntries;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Repair;
import clinic.scheduling.upkeep.reconcile.compare.EntryKey;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Repairs discrepancies. An entry that the ledger tracks by now is not removed. A row of the ledger
 * that has changed since we read it is not overwritten. Doing everything twice does no harm.
 */
@Singleton
final class Repairs {
  private static final Duration ONE_CALL = Duration.ofSeconds(6);

  /** The time for one cancellation, which first reads both visits again. */
  private static final Duration ONE_CANCELLATION = Duration.ofSeconds(40);

  private final UntrackedEntries untracked;
  private final DuplicateBookings duplicateBookings;
  private final Queue<ChangeNotice> changes;
  private final Clock clock;
  private final Log log = Log.of(Repairs.class);

  Repairs(
      UntrackedEntries untracked,
      DuplicateBookings duplicateBookings,
      Queue<ChangeNotice> changes,
      Clock clock) {
    this.untracked = untracked;
    this.duplicateBookings = duplicateBookings;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param hinted notices that were sent, one for each visit
   * @param noted visits whose state was recorded without telling their patients
   * @param undone repairs that failed, and repairs and notices for which there was no time; the
   *     next run finds them again
   * @param cancelled appointments that were cancelled because Canvas had a booking twice
   */
  record Done(int hinted, int adopted, int removed, int noted, int undone, int cancelled) {
    static final Done NOTHING = new Done(0, 0, 0, 0, 0, 0);

    Done withNoted(int visits) {
      return new Done(hinted, adopted, removed, noted + visits, undone, cancelled);
    }
  }

  /**
   * @param ledger the rows of the ledger, as they were before the calendars were listed
   * @param silentVisits visits whose patients get no message about these repairs
   */
  Done make(
      Practitioner who,
      List<Discrepancy> discrepancies,
      Map<EntryKey, EntryRecord> ledger,
      Set<String> silentVisits,
      Deadline deadline) {
    int adopted = 0;
    int removed = 0;
    int undone = 0;
    int cancelled = 0;
    Set<String> visits = new LinkedHashSet<>();
    for (Discrepancy one : discrepancies) {
      if (one.kind() == Discrepancy.Kind.UNTOLD && silentVisits.contains(one.key().visit())) {
        continue; // the visit has no other discrepancy that needs a notice
      }
      boolean done = deadline.leaves(timeFor(one)) && repair(who, one, ledger);
      undone += done ? 0 : 1;
      adopted += done && one.repair() == Repair.ADOPT ? 1 : 0;
      removed += done && one.repair() == Repair.REMOVE ? 1 : 0;
      cancelled += done && one.repair() == Repair.CANCEL ? 1 : 0;
      if (done && one.repair() != Repair.REMOVE) {
        visits.add(one.key().visit());
      }
    }
    int hinted = sendNotices(visits, silentVisits, deadline);
    return new Done(hinted, adopted, removed, 0, undone + visits.size() - hinted, cancelled);
  }

  private static Duration timeFor(Discrepancy one) {
    return one.repair() == Repair.CANCEL ? ONE_CANCELLATION : ONE_CALL;
  }

  /** Makes one repair, and returns whether it was made. */
  private boolean repair(Practitioner who, Discrepancy one, Map<EntryKey, EntryRecord> ledger) {
    return switch (one.repair()) {
      case HINT -> true; // the notice follows, one for each visit
      case ADOPT -> adopt(one, ledger);
      case REMOVE -> remove(who, one);
      case CANCEL -> duplicateBookings.cancel(one.key().visit());
    };
  }

  private boolean adopt(Discrepancy one, Map<EntryKey, EntryRecord> ledger) {
    EntryRecord row = ledger.get(one.key());
    EntryRecord before =
        row == null ? EntryRecord.nothing(one.key().visit(), one.key().binding()) : row;
    Snapshot.Actual entry = one.entry().orElseThrow();
    return untracked.adopt(before, entry.externalId(), entry.generation());
  }

  private boolean remove(Practitioner who, Discrepancy one) {
    EntryKey key = one.key();
    Snapshot.Actual entry = one.entry().orElseThrow();
    EntryRecord now = untracked.record(key.visit(), key.binding());
    if (now.isBusy(clock.instant()) || now.externalId().equals(entry.externalId())) {
      return false;
    }
    CalendarOutcome outcome = untracked.remove(binding(who, key), entry.externalId());
    if (!outcome.isGone()) {
      log.error(
          "stray-not-removed",
          "visit",
          key.visit(),
          "binding",
          key.binding(),
          "code",
          outcome.asFailure().map(CalendarOutcome.Failure::code).orElse("no-answer"));
      return false;
    }
    return true;
  }

  private static CalendarBinding binding(Practitioner who, EntryKey key) {
    return who.calendars().stream()
        .filter(one -> one.key().equals(key.binding()))
        .findFirst()
        .orElseThrow();
  }

  /** Sends a change notice for each visit while there is time, and returns how many it sent. */
  private int sendNotices(Set<String> visits, Set<String> silentVisits, Deadline deadline) {
    int sent = 0;
    for (String visit : visits) {
      if (!deadline.leaves(ONE_CALL)) {
        return sent;
      }
      String hint =
          silentVisits.contains(visit) ? ChangeNotice.CALENDARS_ONLY : ChangeNotice.RECONCILIATION;
      String id =
          ChangeNotice.RECONCILIATION + "-" + clock.instant().getEpochSecond() + "-" + visit;
      changes.send(ChangeNotice.of(visit, hint, id, clock.instant(), visit));
      sent++;
    }
    return sent;
  }
}
