package clinic.scheduling.mirror;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.Phi;
import clinic.scheduling.meetings.block.BlockOutcome;
import clinic.scheduling.meetings.block.BlockRunner;
import clinic.scheduling.meetings.plan.BlockEffect;
import clinic.scheduling.meetings.plan.BlockEffect.Put;
import clinic.scheduling.meetings.plan.KnownBlock;
import clinic.scheduling.meetings.plan.MeetingPlan;
import clinic.scheduling.meetings.plan.WantedBlock;
import clinic.scheduling.meetings.rows.Conflicts;
import clinic.scheduling.meetings.rows.Conflicts.Conflict;
import clinic.scheduling.meetings.rows.CreationLimits;
import clinic.scheduling.meetings.rows.MeetingStore;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Carries out the effects of a plan in Canvas, one after another, while there is time. One block
 * that fails does not keep the others from being changed.
 */
@Singleton
final class CarryOut {
  private static final Log LOG = Log.of(CarryOut.class);

  /** The time for the calls to Canvas about one block, and for recording their outcome. */
  private static final Duration ONE_EFFECT = Duration.ofSeconds(8);

  /** How long a refused block is not tried again, if its meeting stays as it is. */
  private static final Duration RETRY_CONFLICT = Duration.ofMinutes(5);

  private final Canvas canvas;
  private final BlockRunner blocks;
  private final MeetingStore store;
  private final Conflicts conflicts;
  private final CreationLimits limits;
  private final Clock clock;

  CarryOut(
      Canvas canvas,
      BlockRunner blocks,
      MeetingStore store,
      Conflicts conflicts,
      CreationLimits limits,
      Clock clock) {
    this.canvas = canvas;
    this.blocks = blocks;
    this.store = store;
    this.conflicts = conflicts;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param done how many effects were carried out
   * @param left how many effects there was no time for
   * @param conflicts how many blocks Canvas refuses, or stand on a visit
   * @param retryAfter the longest delay that an effect asks for; empty if none does
   */
  record Result(int done, int left, int conflicts, Optional<Duration> retryAfter) {
    boolean isComplete() {
      return left == 0 && conflicts == 0 && retryAfter.isEmpty();
    }
  }

  Result run(
      String practitioner,
      MeetingPlan plan,
      Collection<KnownBlock> known,
      Subjects subjects,
      Deadline deadline) {
    return new Run(practitioner, plan, known, subjects, deadline).all();
  }

  /** One run for one clinician. */
  private final class Run {
    private final String practitioner;
    private final MeetingPlan plan;
    private final Subjects subjects;
    private final Deadline deadline;
    private final Map<String, Conflict> refusedBefore;
    private final Map<String, Interval> standing = new HashMap<>();
    private final Set<String> stopped = new HashSet<>();
    private final Set<String> onVisits = new HashSet<>();
    private final VisitsOfDays visits;
    private final List<Put> secondTry = new ArrayList<>();
    private int done;
    private int left;
    private final Set<String> refused = new HashSet<>();
    private Optional<Duration> retryAfter = Optional.empty();

    Run(
        String practitioner,
        MeetingPlan plan,
        Collection<KnownBlock> known,
        Subjects subjects,
        Deadline deadline) {
      this.practitioner = practitioner;
      this.plan = plan;
      this.subjects = subjects;
      this.deadline = deadline;
      this.visits = new VisitsOfDays(canvas, practitioner);
      this.refusedBefore =
          conflicts.of(practitioner).stream()
              .collect(Collectors.toMap(Conflict::block, Function.identity()));
      known.stream()
          .filter(KnownBlock::mayExist)
          .forEach(one -> one.time().ifPresent(time -> standing.put(one.block(), time)));
    }

    Result all() {
      Set<String> changing =
          plan.effects().stream()
              .filter(effect -> effect.fold(put -> true, cancel -> false, forget -> false))
              .map(BlockEffect::block)
              .collect(Collectors.toSet());
      refusedBefore.values().stream()
          .filter(conflict -> !changing.contains(conflict.block()))
          .forEach(this::lookAgain);
      List<String> forgotten = new ArrayList<>();
      for (BlockEffect effect : plan.effects()) {
        effect.fold(
            put -> inTime(() -> put(put, false)),
            cancel -> inTime(() -> cancel(cancel)),
            forget -> forgotten.add(forget.block()));
      }
      secondTry.forEach(put -> inTime(() -> put(put, true)));
      if (!forgotten.isEmpty()) {
        store.forgetBlocks(practitioner, forgotten);
      }
      return new Result(done, left, refused.size(), retryAfter);
    }

    /** Ends a conflict whose meeting is gone, or whose visit has left the block. */
    private void lookAgain(Conflict conflict) {
      Optional<WantedBlock> wanted = Optional.ofNullable(plan.wanted().get(conflict.block()));
      boolean isLater = !isDueAgain(conflict) || !deadline.leaves(ONE_EFFECT);
      if (wanted.isPresent() && isLater) {
        refused.add(conflict.block());
      } else if (wanted.filter(it -> visits.overlap(it.time())).isPresent()) {
        refused(wanted.get(), Conflict.BESIDE_VISIT);
      } else {
        end(conflict.block());
      }
    }

    private boolean isDueAgain(Conflict conflict) {
      return !clock.instant().isBefore(conflict.triedAt().plus(RETRY_CONFLICT));
    }

    private void end(String block) {
      conflicts.end(practitioner, block);
      LOG.info("meeting-conflict-ended", "block", block);
    }

    private boolean inTime(Runnable effect) {
      if (!deadline.leaves(ONE_EFFECT)) {
        left++;
        return false;
      }
      try {
        effect.run();
      } catch (RuntimeException e) {
        LOG.failure("block-failed", e);
        later(Duration.ofSeconds(5));
      }
      return true;
    }

    private void cancel(BlockEffect.Cancel effect) {
      blocks.cancel(practitioner, effect).accept(new HandleCancellation(effect.block()));
    }

    private void put(Put put, boolean isSecondTry) {
      WantedBlock wanted = put.wanted();
      if (stopped.contains(wanted.calendar())) {
        return;
      }
      if (!isSecondTry && isRefusedStill(wanted)) {
        refused.add(wanted.block());
        return;
      }
      if (put.action() == Put.Action.CREATE && !limits.mayCreate(practitioner, wanted.calendar())) {
        stop(wanted, Stops.STORM);
        return;
      }
      Optional<Phi<String>> title = subjects.titleOf(wanted.title());
      if (title.isEmpty()) {
        later(Duration.ofSeconds(1)); // the next invocation reads the calendar whole
        return;
      }
      if (!isSecondTry && visits.overlap(wanted.time())) {
        onVisits.add(wanted.block());
        refused(wanted, Conflict.BESIDE_VISIT); // the block is made if Canvas allows it
      }
      blocks.put(practitioner, wanted, title.get()).accept(new HandlePut(put, isSecondTry));
    }

    /** Whether Canvas has just refused this block. What other blocks cover needs no other try. */
    private boolean isRefusedStill(WantedBlock wanted) {
      return Optional.ofNullable(refusedBefore.get(wanted.block()))
          .filter(it -> it.fingerprint().equals(wanted.fingerprint()))
          .filter(it -> !it.why().equals(Conflict.BESIDE_VISIT))
          .filter(it -> it.why().equals(Conflict.COVERED) ? isCovered(wanted) : !isDueAgain(it))
          .isPresent();
    }

    private boolean isCovered(WantedBlock wanted) {
      return MeetingPlan.isCovered(
          wanted.time(),
          standing.entrySet().stream()
              .filter(one -> !one.getKey().equals(wanted.block()))
              .map(Map.Entry::getValue)
              .toList());
    }

    private void stop(WantedBlock wanted, String guard) {
      stopped.add(wanted.calendar());
      store.stop(practitioner, wanted.calendar(), guard);
      LOG.error(
          "meetings-stopped",
          "binding",
          wanted.calendar(),
          "guard",
          guard,
          "block",
          wanted.block());
    }

    private void later(Duration delay) {
      retryAfter = Optional.of(retryAfter.filter(it -> it.compareTo(delay) >= 0).orElse(delay));
    }

    /** Records a refusal, and reports it once. */
    private void refused(WantedBlock wanted, String why) {
      refused.add(wanted.block());
      boolean isNew = conflicts.record(practitioner, wanted.block(), wanted.fingerprint(), why);
      if (!isNew || why.equals(Conflict.COVERED)) {
        return;
      }
      if (why.equals(Conflict.VISIT) || why.equals(Conflict.BESIDE_VISIT)) {
        LOG.warn(
            "meeting-conflict",
            "practitioner",
            practitioner,
            "block",
            wanted.block(),
            "start",
            wanted.time().start(),
            "end",
            wanted.time().end());
      } else {
        LOG.error("block-refused", "block", wanted.block(), "code", why);
      }
    }

    /** What all effects have in common. */
    private abstract class Handle implements BlockOutcome.Visitor<Boolean> {
      @Override
      public Boolean later(BlockOutcome.Later outcome) {
        Run.this.later(outcome.delay());
        return false;
      }
    }

    private final class HandleCancellation extends Handle {
      private final String block;

      HandleCancellation(String block) {
        this.block = block;
      }

      @Override
      public Boolean settled(BlockOutcome.Settled outcome) {
        standing.remove(block);
        done++;
        return true;
      }

      @Override
      public Boolean timeTaken(BlockOutcome.TimeTaken outcome) {
        return refused("time-taken");
      }

      @Override
      public Boolean refused(BlockOutcome.Refused outcome) {
        return refused(outcome.code());
      }

      @Override
      public Boolean looping(BlockOutcome.Looping outcome) {
        return refused("loop");
      }

      private Boolean refused(String code) {
        LOG.error("block-not-cancelled", "block", block, "code", code);
        refused.add(block);
        return false;
      }
    }

    private final class HandlePut extends Handle {
      private final Put put;
      private final boolean isSecondTry;

      HandlePut(Put put, boolean isSecondTry) {
        this.put = put;
        this.isSecondTry = isSecondTry;
      }

      @Override
      public Boolean settled(BlockOutcome.Settled outcome) {
        standing.put(put.block(), put.wanted().time());
        if (refusedBefore.containsKey(put.block()) && !onVisits.contains(put.block())) {
          end(put.block());
        }
        done++;
        return true;
      }

      /**
       * Another meeting may still be where this one goes, so it is tried once more after all
       * others.
       */
      @Override
      public Boolean timeTaken(BlockOutcome.TimeTaken outcome) {
        if (!isSecondTry) {
          return secondTry.add(put);
        }
        Run.this.refused(put.wanted(), isCovered(put.wanted()) ? Conflict.COVERED : Conflict.VISIT);
        return false;
      }

      @Override
      public Boolean refused(BlockOutcome.Refused outcome) {
        if (outcome.isType()) {
          stop(put.wanted(), Stops.EVENT_TYPE);
        } else {
          Run.this.refused(put.wanted(), outcome.code());
        }
        return false;
      }

      @Override
      public Boolean looping(BlockOutcome.Looping outcome) {
        stop(put.wanted(), Stops.LOOP);
        return false;
      }
    }
  }
}
