package clinic.scheduling.meetings.compare;

import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.meetings.plan.CalendarMeetings;
import clinic.scheduling.meetings.plan.CalendarMeetings.State;
import clinic.scheduling.meetings.plan.KnownBlock;
import clinic.scheduling.meetings.plan.MeetingPlan;
import clinic.scheduling.meetings.rows.Conflicts;
import clinic.scheduling.meetings.rows.Conflicts.Conflict;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.meetings.rows.PendingWork;
import clinic.scheduling.meetings.rows.RoundRecord;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares the meetings of one clinician with the blocks in Canvas: the calendars are read afresh
 * and whole, Canvas's appointments are given.
 */
@Singleton
public final class CompareMeetings {
  private final FreshMeetings fresh;
  private final MeetingStore store;
  private final Conflicts conflicts;
  private final PendingWork pending;
  private final Rows rows;
  private final Ledger ledger;
  private final Practice practice;
  private final String system;
  private final Clock clock;

  public CompareMeetings(
      FreshMeetings fresh,
      MeetingStore store,
      Conflicts conflicts,
      PendingWork pending,
      Rows rows,
      Practice practice,
      IdentifierSystem system,
      Clock clock) {
    this.fresh = fresh;
    this.store = store;
    this.conflicts = conflicts;
    this.pending = pending;
    this.rows = rows;
    this.ledger = new Ledger(rows, clock, MeetingStore.KEPT);
    this.practice = practice;
    this.system = system.uri();
    this.clock = clock;
  }

  /**
   * Compares. Reads only; what cannot be read is named in the report. Calendars whose meetings
   * block no time are not read.
   *
   * @param practitioner the Canvas staff key
   * @param window the time to compare
   * @param appointments all appointments of the clinician that start in the window or up to a day
   *     before it
   */
  public MeetingReport compare(
      String practitioner, Interval window, Collection<Appointment> appointments) {
    List<KnownBlock> known = store.blocks(practitioner);
    Set<String> unread = new TreeSet<>();
    Set<String> stopped = stopped(practitioner);
    List<CalendarMeetings> calendars = new ArrayList<>();
    for (CalendarBinding binding : blocking(practitioner)) {
      if (!stopped.contains(binding.key())) {
        FreshMeetings.Result read = fresh.read(practitioner, binding, window);
        read.unread().ifPresent(why -> unread.add(binding.key()));
        calendars.add(read.calendar());
      }
    }
    boolean isWhole =
        stopped.isEmpty() && calendars.stream().allMatch(it -> it.state() == State.READ);
    List<ShownBlock> shown =
        ShownBlock.among(appointments, system).stream()
            .filter(one -> one.time().overlaps(window))
            .toList();
    MeetingComparison comparison =
        new MeetingComparison(
            MeetingPlan.wanted(calendars),
            shown,
            known,
            refused(practitioner),
            covered(practitioner),
            window,
            isWhole);
    return new MeetingReport(
        comparison.findings(), comparison.wanted().size(), shown.size(), unread, stopped);
  }

  private List<CalendarBinding> blocking(String practitioner) {
    return practice
        .practitionerByCanvasId(practitioner)
        .map(who -> who.calendars().stream().filter(CalendarBinding::blocksCanvas).toList())
        .orElse(List.of());
  }

  private Set<String> stopped(String practitioner) {
    return store.rounds(practitioner).stream()
        .filter(round -> round.stopped().isPresent())
        .map(RoundRecord::binding)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> refused(String practitioner) {
    return conflicts.of(practitioner).stream()
        .filter(Conflict::isReported)
        .map(Conflict::block)
        .collect(Collectors.toSet());
  }

  private Set<String> covered(String practitioner) {
    return conflicts.of(practitioner).stream()
        .filter(one -> !one.isReported())
        .map(Conflict::block)
        .collect(Collectors.toSet());
  }

  /**
   * Makes the next round of the mirror repair the findings. The caller then queues a {@code
   * CalendarChange} for each calendar of the clinician. Changes the table only, and nothing for
   * findings that are up to the clinic.
   *
   * @return how many findings will be repaired
   */
  public int repair(String practitioner, MeetingReport report) {
    List<MeetingFinding> repairable =
        report.findings().stream().filter(it -> !it.isForTheClinic()).toList();
    if (!repairable.isEmpty()) {
      pending.begin(practitioner);
    }
    return (int) repairable.stream().filter(it -> reopen(practitioner, it)).count();
  }

  /**
   * Corrects the row of a block, so that the next plan looks at the block again.
   *
   * @return false if a worker is changing the block at this moment
   */
  private boolean reopen(String practitioner, MeetingFinding finding) {
    Instant now = clock.instant();
    RowKey key = MeetingStore.blockKey(practitioner, finding.block());
    Row row = rows.read(key).orElseGet(() -> Row.fresh(key, Instant.EPOCH, Map.of()));
    Entry entry = Entry.of(row);
    if (entry.state() == Entry.State.CLAIMED && entry.leaseUntil().isAfter(now)) {
      return false;
    }
    Optional<ShownBlock> shown = finding.appointment();
    return ledger.correct(
        row,
        shown.map(ShownBlock::appointment).orElse(entry.external()),
        shown.map(it -> it.name().generation()).orElse(entry.generation()));
  }
}
