package clinic.scheduling.mirror;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.Phi;
import clinic.scheduling.meetings.block.BlockOutcome;
import clinic.scheduling.meetings.block.BlockRunner;
import clinic.scheduling.meetings.plan.BlockEffect;
import clinic.scheduling.meetings.plan.BlockEffect.Put;
import clinic.scheduling.meetings.plan.KnownBlock;
import clinic.scheduling.meetings.plan.MeetingPlan;
import clinic.scheduling.meetings.plan.WantedBlock;
import clinic.scheduling.meetings.rows.CreationLimits;
import clinic.scheduling.meetings.rows.MeetingStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Carries out the effects of a plan in Canvas, one after another, while there is time. One block
 * that fails does not keep the others from being changed. {@link RefusedBlocks} follows what Canvas
 * refuses. What it has refused before is tried last, so that it keeps nothing else waiting.
 */
@Singleton
final class CarryOut {
  private static final Log LOG = Log.of(CarryOut.class);

  /** The time for the calls to Canvas about one block, and for recording their outcome. */
  private static final Duration ONE_EFFECT = Duration.ofSeconds(8);

  /** What is kept of the time for second tries and for settling, once Canvas refuses a block. */
  private static final Duration FOR_REFUSED = Duration.ofSeconds(25);

  /** What second tries leave of it. */
  private static final Duration FOR_SETTLING = Duration.ofSeconds(10);

  private static final Duration RETRY_AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration RETRY_WHEN_UNREAD = Duration.ofSeconds(30);

  private final BlockRunner blocks;
  private final MeetingStore store;
  private final RefusedBlocks refusedBlocks;
  private final CreationLimits limits;

  CarryOut(
      BlockRunner blocks, MeetingStore store, RefusedBlocks refusedBlocks, CreationLimits limits) {
    this.blocks = blocks;
    this.store = store;
    this.refusedBlocks = refusedBlocks;
    this.limits = limits;
  }

  /**
   * What was done.
   *
   * @param done how many effects were carried out
   * @param left how many effects there was no time for
   * @param conflicts how many blocks Canvas refuses, or stand on a visit
   * @param unchecked of how many blocks nobody knows yet whether they stand on a visit
   * @param retryAfter the longest delay that an effect asks for; empty if none does
   */
  record Result(int done, int left, int conflicts, int unchecked, Optional<Duration> retryAfter) {
    boolean isComplete() {
      return left == 0 && conflicts == 0 && unchecked == 0 && retryAfter.isEmpty();
    }
  }

  Result run(
      String practitioner,
      MeetingPlan plan,
      Collection<KnownBlock> known,
      Subjects subjects,
      Deadline deadline) {
    StandingBlocks standing = new StandingBlocks(known);
    RefusedBlocks.Run refused = refusedBlocks.begin(practitioner, plan, standing);
    return new Run(practitioner, subjects, deadline, standing, refused).all(plan);
  }

  /** One run for one clinician. */
  private final class Run {
    private final String practitioner;
    private final Subjects subjects;
    private final Deadline deadline;
    private final StandingBlocks standing;
    private final RefusedBlocks.Run refused;
    private final Set<String> stopped = new HashSet<>();
    private final List<Put> secondTry = new ArrayList<>();
    private int done;
    private int left;
    private Optional<Duration> retryAfter = Optional.empty();

    Run(
        String practitioner,
        Subjects subjects,
        Deadline deadline,
        StandingBlocks standing,
        RefusedBlocks.Run refused) {
      this.practitioner = practitioner;
      this.subjects = subjects;
      this.deadline = deadline;
      this.standing = standing;
      this.refused = refused;
    }

    Result all(MeetingPlan plan) {
      List<String> forgotten = new ArrayList<>();
      List<Put> puts = new ArrayList<>();
      for (BlockEffect effect : plan.effects()) {
        effect.fold(
            puts::add,
            cancel -> inTime(() -> cancel(cancel)),
            forget -> forgotten.add(forget.block()));
      }
      puts.sort(Comparator.comparing(put -> refused.wasRefused(put.wanted())));
      puts.forEach(this::putFirst);
      secondTry.forEach(this::putAgain);
      Optional<RefusedBlocks.Open> open = settle();
      left += store.forgetBlocks(practitioner, forgotten, deadline);
      return new Result(
          done,
          left,
          open.map(RefusedBlocks.Open::conflicts).orElse(0),
          open.map(RefusedBlocks.Open::unchecked).orElse(0),
          retryAfter);
    }

    /** Empty, with a delay, if it failed. Another run does it again. */
    private Optional<RefusedBlocks.Open> settle() {
      Optional<RefusedBlocks.Open> open = attempt(() -> refused.settle(deadline));
      open.ifPresent(it -> left += it.left());
      open.filter(RefusedBlocks.Open::isUnread).ifPresent(it -> later(RETRY_WHEN_UNREAD));
      return open;
    }

    private void putFirst(Put put) {
      if (refused.isRefusedStill(put.wanted())) {
        refused.leave(put.wanted());
        if (standing.isNeededNowhere(put.wanted())) {
          inTime(() -> cancelIfNeededNowhere(put.wanted()));
        }
      } else {
        inTime(() -> put(put, false));
      }
    }

    /** Without time for another try the block counts as refused, or it would be tried for ever. */
    private void putAgain(Put put) {
      if (deadline.leaves(ONE_EFFECT.plus(FOR_SETTLING))) {
        attempt(() -> put(put, true));
      } else {
        refused.timeTaken(put.wanted());
      }
    }

    private boolean inTime(Runnable effect) {
      Duration kept = secondTry.isEmpty() ? Duration.ZERO : FOR_REFUSED;
      if (!deadline.leaves(ONE_EFFECT.plus(kept))) {
        left++;
        return false;
      }
      return attempt(effect);
    }

    private boolean attempt(Runnable effect) {
      return attempt(
              () -> {
                effect.run();
                return true;
              })
          .isPresent();
    }

    private <T> Optional<T> attempt(Supplier<T> work) {
      try {
        return Optional.of(work.get());
      } catch (RuntimeException e) {
        LOG.failure("block-failed", e);
        later(RETRY_AFTER_FAILURE);
        return Optional.empty();
      }
    }

    private void cancel(BlockEffect.Cancel effect) {
      blocks.cancel(practitioner, effect).accept(new HandleCancellation(effect));
    }

    private void put(Put put, boolean isSecondTry) {
      WantedBlock wanted = put.wanted();
      if (stopped.contains(wanted.calendar())) {
        return;
      }
      boolean isNew = put.action() == Put.Action.CREATE && !isSecondTry;
      if (isNew
          && !refused.wasTried(wanted)
          && !limits.mayCreate(practitioner, wanted.calendar())) {
        stop(wanted, Stops.STORM);
        return;
      }
      Optional<Phi<String>> title = subjects.titleOf(wanted.title());
      if (title.isEmpty()) {
        later(Duration.ofSeconds(1)); // the next invocation reads the calendar whole
        return;
      }
      refused.beforePut(wanted);
      blocks.put(practitioner, wanted, title.get()).accept(new HandlePut(put, isSecondTry));
    }

    /** Canvas refuses the move of such a block, which would block time where no meeting is. */
    private void cancelIfNeededNowhere(WantedBlock wanted) {
      if (standing.isNeededNowhere(wanted)) {
        cancel(new BlockEffect.Cancel(wanted.block(), standing.time(wanted.block())));
      }
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

    /** What all effects have in common. */
    private abstract class Handle implements BlockOutcome.Visitor<Boolean> {
      @Override
      public Boolean later(BlockOutcome.Later outcome) {
        Run.this.later(outcome.delay());
        return false;
      }
    }

    private final class HandleCancellation extends Handle {
      private final BlockEffect.Cancel effect;

      HandleCancellation(BlockEffect.Cancel effect) {
        this.effect = effect;
      }

      @Override
      public Boolean settled(BlockOutcome.Settled outcome) {
        standing.cancelled(effect.block());
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
        refused.notCancelled(effect, code);
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
        refused.made(put.wanted());
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
        refused.timeTaken(put.wanted());
        cancelIfNeededNowhere(put.wanted());
        return false;
      }

      @Override
      public Boolean refused(BlockOutcome.Refused outcome) {
        if (outcome.isType()) {
          stop(put.wanted(), Stops.EVENT_TYPE);
        } else {
          refused.refused(put.wanted(), outcome.code());
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
