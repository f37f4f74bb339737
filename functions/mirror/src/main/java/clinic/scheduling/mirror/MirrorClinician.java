package clinic.scheduling.mirror;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.ledger.CoalescingLock;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.wiring.Settings;
import clinic.scheduling.meetings.plan.KnownBlock;
import clinic.scheduling.meetings.plan.MeetingPlan;
import clinic.scheduling.meetings.plan.RemovalGuard;
import clinic.scheduling.meetings.plan.WantedBlock;
import clinic.scheduling.meetings.rows.CreationLimits;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.meetings.rows.PendingWork;
import clinic.scheduling.meetings.rows.RoundRecord;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Brings the blocks of one clinician in line with the meetings in the clinician's calendars:
 *
 * <ol>
 *   <li>Take the clinician's lock.
 *   <li>Read what has changed in the calendars, and store it.
 *   <li>Forget calendars that no longer block time.
 *   <li>Compute the plan from all stored meetings and the blocks that the ledger knows.
 *   <li>Carry out the plan in Canvas. What there is no time for is left to a message of its own.
 * </ol>
 *
 * <p>Each step can be repeated. So a failure is thrown, and the next delivery of the message
 * repeats everything.
 */
@Singleton
final class MirrorClinician {
  private static final Log LOG = Log.of(MirrorClinician.class);
  private static final String LOCK = "lock";

  /** The time for reading a calendar whole. With less left, another invocation does the work. */
  private static final Duration ONE_ROUND = Duration.ofSeconds(25);

  private final ReadRound rounds;
  private final ForgetCalendar leavers;
  private final MeetingStore store;
  private final PendingWork pending;
  private final CreationLimits limits;
  private final CarryOut effects;
  private final StoredCalendars stored;
  private final Holds holds;
  private final Queue<CalendarChange> changes;
  private final Practice practice;
  private final Clock clock;
  private final CoalescingLock<MirrorRequest> lock;

  MirrorClinician(
      ReadRound rounds,
      ForgetCalendar leavers,
      MeetingStore store,
      PendingWork pending,
      CreationLimits limits,
      CarryOut effects,
      StoredCalendars stored,
      Holds holds,
      Queue<CalendarChange> changes,
      Practice practice,
      Rows rows,
      Clock clock,
      Settings.Lease lease) {
    this.rounds = rounds;
    this.leavers = leavers;
    this.store = store;
    this.pending = pending;
    this.limits = limits;
    this.effects = effects;
    this.stored = stored;
    this.holds = holds;
    this.changes = changes;
    this.practice = practice;
    this.clock = clock;
    this.lock = new CoalescingLock<>(rows, clock, lease.length(), new MirrorRequest.Requests());
  }

  /**
   * @param practitioner the Canvas staff key
   * @param messageId the SQS message id, which stays the same when the message is redelivered
   * @throws UnavailableException if the message has to be delivered again, after the delay that the
   *     exception carries
   */
  void mirror(String practitioner, MirrorRequest request, String messageId, Deadline deadline) {
    LOG.put("practitioner", practitioner);
    CoalescingLock.Result result =
        lock.run(
            MeetingStore.key(practitioner, LOCK),
            messageId,
            request,
            all -> mirrorLocked(practitioner, all, deadline));
    LOG.info("mirrored", "fate", result.logWord());
  }

  private void mirrorLocked(String practitioner, MirrorRequest request, Deadline deadline) {
    if (!deadline.leaves(ONE_ROUND)) {
      request.calendars().forEach(calendar -> queue(calendar, request.isForced(calendar)));
      return;
    }
    List<CalendarBinding> bindings = stored.blocking(practitioner);
    if (!request.forced().isEmpty()) {
      pending.begin(practitioner);
      limits.reset(practitioner);
    }

    // Read what has changed, and forget what the practice document no longer has.
    Subjects subjects = new Subjects();
    List<Duration> delays = new ArrayList<>();
    for (CalendarBinding binding : bindings) {
      if (request.calendars().contains(binding.key())) {
        rounds
            .read(practitioner, binding, false, request.isForced(binding.key()), subjects)
            .ifPresent(delays::add);
      }
    }
    leavers.forget(practitioner, bindings, request);

    // Compare all stored meetings with the blocks, unless nothing can have changed.
    BlockRules rules = BlockRules.of(bindings, practice);
    if (!pending.isDone(practitioner, rules.text())) {
      carryOut(practitioner, request, subjects, rules, deadline).ifPresent(delays::add);
    }
    if (pending.isDone(practitioner, rules.text())) {
      leavers.forgetPolls(practitioner, bindings, request);
    }
    delays.stream()
        .max(Duration::compareTo)
        .ifPresent(
            delay -> {
              throw new UnavailableException("calendar or canvas", delay);
            });
  }

  /**
   * Carries out what the stored meetings ask for.
   *
   * @return the delay after which the message has to be delivered again; empty if it need not
   */
  private Optional<Duration> carryOut(
      String practitioner,
      MirrorRequest request,
      Subjects subjects,
      BlockRules rules,
      Deadline deadline) {
    PendingWork.Begun begun = pending.begin(practitioner);
    List<CalendarBinding> bindings = stored.blocking(practitioner);
    List<KnownBlock> known = store.blocks(practitioner);
    MeetingPlan plan = MeetingPlan.of(stored.of(practitioner), known, clock.instant());
    Set<String> unread = withUnreadSubjects(plan, subjects);
    if (!unread.isEmpty()) {
      bindings.stream()
          .filter(binding -> unread.contains(binding.key()))
          .forEach(binding -> rounds.read(practitioner, binding, true, false, subjects));
      plan = MeetingPlan.of(stored.of(practitioner), known, clock.instant());
    }
    boolean isHeld = request.forced().isEmpty() && isHeld(practitioner, plan, known, rules);
    if (!isHeld) {
      begun = pending.follow(practitioner, rules.text(), begun);
    }
    plan = isHeld ? plan.withoutCancellations() : plan;
    CarryOut.Result result = invalidating(practitioner, plan, known, subjects, deadline);
    LOG.info(
        "meetings-planned",
        "blocks",
        plan.wanted().size(),
        "effects",
        plan.effects().size(),
        "done",
        result.done(),
        "left",
        result.left(),
        "conflicts",
        result.conflicts());
    if (result.isComplete() && !isHeld) {
      pending.end(practitioner, rules.text(), begun);
    }
    if (result.left() > 0) {
      goOnLater(practitioner, bindings, request);
      return Optional.empty();
    }
    return result.retryAfter();
  }

  /**
   * Whether the practice document has new rules by which too many blocks would go. A person has to
   * force that, since the document may be wrong.
   */
  private boolean isHeld(
      String practitioner, MeetingPlan plan, Collection<KnownBlock> known, BlockRules rules) {
    long standing = known.stream().filter(KnownBlock::mayExist).count();
    boolean isTooMany =
        pending.lastRules(practitioner).filter(rules::haveChangedSince).isPresent()
            && RemovalGuard.isTooMany(plan.cancellations(), standing, practice.reconciliation());
    if (isTooMany && pending.hold(practitioner, rules.text())) {
      LOG.error("meeting-rules-held", "cancellations", plan.cancellations(), "of", standing);
    }
    return isTooMany;
  }

  /** Carries out the plan, and makes lookups read the clinician's appointments again. */
  private CarryOut.Result invalidating(
      String practitioner,
      MeetingPlan plan,
      Collection<KnownBlock> known,
      Subjects subjects,
      Deadline deadline) {
    try {
      return effects.run(practitioner, plan, known, subjects, deadline);
    } finally {
      if (!plan.effects().isEmpty()) {
        holds.invalidate(practitioner);
      }
    }
  }

  /** The calendars of meetings whose subject an effect needs, and which were not read just now. */
  private static Set<String> withUnreadSubjects(MeetingPlan plan, Subjects subjects) {
    Set<String> calendars = new TreeSet<>();
    plan.effects()
        .forEach(
            effect ->
                effect
                    .<Optional<WantedBlock>>fold(
                        put -> Optional.of(put.wanted()),
                        cancel -> Optional.empty(),
                        forget -> Optional.empty())
                    .filter(wanted -> subjects.titleOf(wanted.title()).isEmpty())
                    .ifPresent(wanted -> calendars.add(wanted.calendar())));
    return calendars;
  }

  /** Leaves the rest to another invocation, by a message of its own. */
  private void goOnLater(
      String practitioner, List<CalendarBinding> bindings, MirrorRequest request) {
    bindings.stream()
        .map(CalendarBinding::key)
        .findFirst()
        .or(() -> store.rounds(practitioner).stream().map(RoundRecord::binding).findFirst())
        .or(() -> request.calendars().stream().findFirst())
        .ifPresent(calendar -> queue(calendar, false));
  }

  private void queue(String calendar, boolean isForced) {
    String provider = calendar.substring(0, calendar.indexOf('-'));
    CalendarChange change = CalendarChange.of(provider, calendar, clock.instant());
    changes.send(isForced ? change.forced() : change);
  }
}
