package clinic.scheduling.upkeep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.effect.EntryRecord;
import clinic.scheduling.calendars.effect.UntrackedEntries;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Kind;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Repair;
import clinic.scheduling.upkeep.reconcile.compare.EntryKey;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No repair is made that no longer fits the ledger, or for which there is no time. */
@QuarkusTest
class RepairsTest extends ReconcileCase {
  private static final Duration ONE_CALL = Duration.ofSeconds(6);

  @Inject Repairs repairs;
  @Inject UntrackedEntries untracked;

  @Test
  void anEntryThatTheLedgerHasComeToKnowIsNotTakenAway() {
    Snapshot.Actual entry = actual(mirrored(INGRID));

    Repairs.Done done = make(Kind.DUPLICATE, Repair.REMOVE, entry, Map.of());

    assertThat(done).isEqualTo(new Repairs.Done(0, 0, 0, 0, 1, 0));
    assertThat(hands.google(INGRIDS)).hasSize(1);
  }

  @Test
  void aRowThatWasWrittenSinceIsNotWrittenOver() {
    String visit = mirrored(INGRID);
    Snapshot.Actual entry = actual(visit);
    EntryRecord before = EntryRecord.nothing(visit, entry.key().binding());

    Repairs.Done done =
        make(Kind.UNKNOWN_TO_LEDGER, Repair.ADOPT, entry, Map.of(entry.key(), before));

    assertThat(done).isEqualTo(new Repairs.Done(0, 0, 0, 0, 1, 0));
    assertThat(untracked.record(visit, entry.key().binding()).isSettled()).isTrue();
    assertThat(changes.sent()).isEmpty();
  }

  @Test
  void severalFindingsOfAVisitBecomeOneNotice() {
    Snapshot.Actual entry = actual(mirrored(INGRID));
    Discrepancy finding =
        new Discrepancy(Kind.DIFFERS, entry.key(), Repair.HINT, Optional.of(entry));

    repairs.make(who(), List.of(finding, finding), Map.of(), Set.of(), inAMinute());

    assertThat(changes.sent()).hasSize(1);
  }

  @Test
  void whatDoesNotFitIntoTheRunIsFoundAgainByTheNext() {
    Snapshot.Actual entry = actual(mirrored(INGRID));
    Discrepancy finding =
        new Discrepancy(Kind.DIFFERS, entry.key(), Repair.HINT, Optional.of(entry));

    Repairs.Done done =
        repairs.make(
            who(), List.of(finding), Map.of(), Set.of(), new Deadline(clock.instant(), clock));

    assertThat(done).isEqualTo(new Repairs.Done(0, 0, 0, 0, 1, 0));
    assertThat(changes.sent()).isEmpty();
  }

  @Test
  void noticesForWhichThereIsNoTimeAreCounted() {
    EntryKey first = new EntryKey("outlook-i", "v1");
    EntryKey second = new EntryKey("outlook-i", "v2");
    List<Discrepancy> findings =
        Stream.of(first, second)
            .map(key -> new Discrepancy(Kind.MISSING, key, Repair.HINT, Optional.empty()))
            .toList();
    // The time is read once for each discrepancy and once for each notice. After the first
    // notice, there is no time left.
    Deadline deadline = new Deadline(Instant.EPOCH.plusSeconds(2).plus(ONE_CALL), ticking());

    Repairs.Done done = repairs.make(who(), findings, Map.of(), Set.of(), deadline);

    assertThat(done).isEqualTo(new Repairs.Done(1, 0, 0, 0, 1, 0));
    assertThat(changes.sent()).extracting(ChangeNotice::appointment).containsExactly("v1");
  }

  private Repairs.Done make(
      Kind kind, Repair repair, Snapshot.Actual entry, Map<EntryKey, EntryRecord> ledger) {
    Discrepancy finding = new Discrepancy(kind, entry.key(), repair, Optional.of(entry));
    return repairs.make(who(), List.of(finding), ledger, Set.of(), inAMinute());
  }

  private Snapshot.Actual actual(String visit) {
    EntryKey key = new EntryKey(binding(Provider.GOOGLE, INGRIDS).key(), visit);
    return new Snapshot.Actual(key, id(hands.google(INGRIDS).get(0)), 0, "print");
  }

  private Practitioner who() {
    return practice.practitionerByCanvasId(INGRID).orElseThrow();
  }

  private Deadline inAMinute() {
    return Deadline.in(Duration.ofMinutes(1), clock);
  }
}
