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
import clinic.scheduling.meetings.rows.ForcedCalendars;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.meetings.rows.PendingWork;
import clinic.scheduling.meetings.rows.RoundRecord;
import clinic.scheduling.mirror.MirrorRequest.Force;
import clinic.scheduling.mirror.ReadRound.Calendar;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

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

  /** The time for one round and for one block. With less, an invocation could do nothing. */
  static final Duration SHORTEST_INVOCATION = ReadRound.LONGEST.plusSeconds(10);

  /** After an invocation that has made no progress. */
  private static final Duration STALLED = Duration.ofMinutes(1);

  /** How many invocations may make no progress before the rest is left to the polls. */
  private static final int MOST_STALLS = 5;

  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  private final ReadRound rounds;
  private final ForgetCalendar leavers;
  private final MeetingStore store;
  private final PendingWork pending;
  private final ForcedCalendars forces;
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
      ForcedCalendars forces,
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
    this.forces = forces;
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
    begin(practitioner, request.forced());
    if (!deadline.leaves(ReadRound.LONGEST)) {
      request.calendars().forEach(calendar -> queue(calendar, Duration.ZERO));
      return;
    }
    List<CalendarBinding> bindings = stored.blocking(practitioner);
    Set<String> forced = forces.open(practitioner).unread();

    BlockRules rules = BlockRules.of(bindings, practice);

    // Read what has changed, and forget what the practice document no longer has.
    Subjects subjects = new Subjects();
    Set<String> whole = withMissingSubjects(practitioner, rules);
    List<Duration> delays = new ArrayList<>();
    for (CalendarBinding binding : bindings) {
      if (request.calendars().contains(binding.key())) {
        boolean isForced = forced.contains(binding.key());
        if (deadline.leaves(ReadRound.LONGEST)) {
          rounds
              .read(
                  new Calendar(practitioner, binding, whole.contains(binding.key()), isForced),
                  subjects,
                  deadline)
              .ifPresent(delays::add);
        } else {
          queue(binding.key(), Duration.ZERO);
        }
      }
    }
    leavers.forget(practitioner, bindings, forced);
    Set<String> gone = new TreeSet<>(forced);
    bindings.forEach(binding -> gone.remove(binding.key()));
    forces.read(practitioner, gone);

    // Compare all stored meetings with the blocks, unless nothing can have changed.
    if (!pending.isDone(practitioner, rules.text())) {
      carryOut(practitioner, request, subjects, rules, deadline).ifPresent(delays::add);
    } else {
      forces.followed(practitioner);
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
   * Begins what persons have decided. The limits begin anew once for each decision. They do so
   * before it is recorded: a worker that dies in between has created nothing, and begins again.
   */
  private void begin(String practitioner, Collection<Force> forced) {
    for (Force force : forced) {
      if (forces.isNew(practitioner, force.calendar(), force.message())) {
        pending.begin(practitioner);
        limits.reset(practitioner);
        forces.begin(practitioner, force.calendar(), force.message());
      }
    }
    forces
        .expire(practitioner)
        .forEach(calendar -> LOG.error("force-expired", "binding", calendar));
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
          .filter(binding -> deadline.leaves(ReadRound.LONGEST))
          .map(binding -> new Calendar(practitioner, binding, true, false))
          .forEach(calendar -> rounds.read(calendar, subjects, deadline));
      plan = MeetingPlan.of(stored.of(practitioner), known, clock.instant());
    }
    boolean isHeld =
        !forces.open(practitioner).isRead() && isHeld(practitioner, plan, known, rules);
    if (!isHeld) {
      begun = pending.follow(practitioner, rules.text(), begun);
      forces.followed(practitioner);
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
      goOnLater(practitioner, bindings, request, result);
      return Optional.empty();
    }
    pending.leave(practitioner, 0, true);
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

  /**
   * The calendars of meetings whose subject an earlier invocation has left without a block. They
   * are read whole at once: after a slow round of changes there may be no time for another one.
   */
  private Set<String> withMissingSubjects(String practitioner, BlockRules rules) {
    return pending.isDone(practitioner, rules.text())
        ? Set.of()
        : withUnreadSubjects(
            MeetingPlan.of(stored.of(practitioner), store.blocks(practitioner), clock.instant()),
            new Subjects());
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

  /**
   * Leaves the rest to another invocation, by a message of its own. After some invocations without
   * progress there is none: the polls come back in any case.
   */
  private void goOnLater(
      String practitioner,
      List<CalendarBinding> bindings,
      MirrorRequest request,
      CarryOut.Result result) {
    int stalls = pending.leave(practitioner, result.left(), result.done() > 0);
    if (stalls > MOST_STALLS) {
      LOG.error("meetings-stalled", "practitioner", practitioner, "left", result.left());
      return;
    }
    Duration delay =
        Stream.of(stalls == 0 ? Duration.ZERO : STALLED, result.retryAfter().orElse(Duration.ZERO))
            .max(Duration::compareTo)
            .orElseThrow();
    bindings.stream()
        .map(CalendarBinding::key)
        .findFirst()
        .or(() -> store.rounds(practitioner).stream().map(RoundRecord::binding).findFirst())
        .or(() -> request.calendars().stream().findFirst())
        .ifPresent(calendar -> queue(calendar, delay));
  }

  /** What a person has decided is in the table, so the message need not say it again. */
  private void queue(String calendar, Duration delay) {
    String provider = calendar.substring(0, calendar.indexOf('-'));
    changes.send(
        CalendarChange.of(provider, calendar, clock.instant()),
        delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay);
  }
}
