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
import clinic.scheduling.upkeep.reconcile.Discrepancy.Repair;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts right what was found. What is done here itself is looked at once more before: an entry that
 * the ledger has come to know is not taken away, and a row that was written since is not written
 * over. Everything may be done twice.
 */
@Singleton
final class Repairs {
  static final String HINT = ChangeNotice.RECONCILIATION;
  private static final Duration ONE_CALL = Duration.ofSeconds(6);

  /** Both visits are read again, whole, before one is cancelled. */
  private static final Duration ONE_CANCELLATION = Duration.ofSeconds(40);

  private final UntrackedEntries strays;
  private final DuplicateBookings doubles;
  private final Queue<ChangeNotice> changes;
  private final Clock clock;
  private final Log log = Log.of(Repairs.class);

  Repairs(
      UntrackedEntries strays,
      DuplicateBookings doubles,
      Queue<ChangeNotice> changes,
      Clock clock) {
    this.strays = strays;
    this.doubles = doubles;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param hinted notices that were sent, one a visit
   * @param noted visits whose state was recorded without telling their patients
   * @param undone what could not be done, and is found again by the next run; a notice that was not
   *     sent is one of it
   * @param cancelled visits that Canvas had twice
   */
  record Done(int hinted, int adopted, int removed, int noted, int undone, int cancelled) {
    static final Done NOTHING = new Done(0, 0, 0, 0, 0, 0);

    Done noting(int visits) {
      return new Done(hinted, adopted, removed, noted + visits, undone, cancelled);
    }
  }

  /**
   * @param mute visits whose patients must not be told by what is done here
   */
  Done make(
      Practitioner who,
      List<Discrepancy> findings,
      Map<EntryKey, EntryRecord> ledger,
      Set<String> mute,
      Deadline deadline) {
    int adopted = 0;
    int removed = 0;
    int undone = 0;
    int cancelled = 0;
    Set<String> visits = new LinkedHashSet<>();
    for (Discrepancy finding : findings) {
      if (finding.kind() == Discrepancy.Kind.UNTOLD && mute.contains(finding.place().visit())) {
        continue; // nothing else is out of step there
      }
      boolean done = deadline.leaves(timeFor(finding)) && isDone(who, finding, ledger);
      undone += done ? 0 : 1;
      adopted += done && finding.repair() == Repair.ADOPT ? 1 : 0;
      removed += done && finding.repair() == Repair.REMOVE ? 1 : 0;
      cancelled += done && finding.repair() == Repair.CANCEL ? 1 : 0;
      if (done && finding.repair() != Repair.REMOVE) {
        visits.add(finding.place().visit());
      }
    }
    int hinted = hint(visits, mute, deadline);
    return new Done(hinted, adopted, removed, 0, undone + visits.size() - hinted, cancelled);
  }

  private static Duration timeFor(Discrepancy finding) {
    return finding.repair() == Repair.CANCEL ? ONE_CANCELLATION : ONE_CALL;
  }

  /** How many there was time for. */
  private int hint(Set<String> visits, Set<String> mute, Deadline deadline) {
    int hinted = 0;
    for (String visit : visits) {
      if (!deadline.leaves(ONE_CALL)) {
        return hinted;
      }
      hint(visit, mute.contains(visit) ? ChangeNotice.CALENDARS_ONLY : HINT);
      hinted++;
    }
    return hinted;
  }

  private boolean isDone(Practitioner who, Discrepancy finding, Map<EntryKey, EntryRecord> ledger) {
    return switch (finding.repair()) {
      case HINT -> true;
      case ADOPT -> adopt(finding, ledger);
      case REMOVE -> remove(who, finding);
      case CANCEL -> doubles.cancel(finding.place().visit());
    };
  }

  private boolean adopt(Discrepancy finding, Map<EntryKey, EntryRecord> ledger) {
    EntryKey place = finding.place();
    EntryRecord before = ledger.get(place);
    EntryRecord known =
        before == null ? EntryRecord.nothing(place.visit(), place.binding()) : before;
    ActualEntry entry = finding.entry().orElseThrow();
    return strays.adopt(known, entry.externalId(), entry.generation());
  }

  private boolean remove(Practitioner who, Discrepancy finding) {
    EntryKey place = finding.place();
    ActualEntry entry = finding.entry().orElseThrow();
    EntryRecord now = strays.record(place.visit(), place.binding());
    if (now.isBusy(clock.instant()) || now.externalId().equals(entry.externalId())) {
      return false;
    }
    CalendarOutcome outcome = strays.remove(binding(who, place), entry.externalId());
    if (!(outcome instanceof CalendarOutcome.Gone)) {
      log.error(
          "stray-not-removed",
          "visit",
          place.visit(),
          "binding",
          place.binding(),
          "code",
          CalendarFailure.code(outcome));
      return false;
    }
    return true;
  }

  private static CalendarBinding binding(Practitioner who, EntryKey place) {
    return who.calendars().stream()
        .filter(one -> one.key().equals(place.binding()))
        .findFirst()
        .orElseThrow();
  }

  private void hint(String visit, String word) {
    String id = HINT + "-" + clock.instant().getEpochSecond() + "-" + visit;
    changes.send(ChangeNotice.of(visit, word, id, clock.instant(), visit));
  }
}
