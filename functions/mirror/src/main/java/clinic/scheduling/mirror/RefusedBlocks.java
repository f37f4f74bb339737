package clinic.scheduling.mirror;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.free.TimeSet;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.meetings.plan.BlockEffect;
import clinic.scheduling.meetings.plan.KnownBlock;
import clinic.scheduling.meetings.plan.MeetingPlan;
import clinic.scheduling.meetings.plan.WantedBlock;
import clinic.scheduling.meetings.rows.Conflicts;
import clinic.scheduling.meetings.rows.Conflicts.Conflict;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Follows the blocks that Canvas refuses, and those that stand on a visit:
 *
 * <ol>
 *   <li>Before a block is written, a row says that nobody has looked yet whether a visit stands
 *       there. So a worker that dies leaves it behind.
 *   <li>After all blocks were written, the time of the refused ones is reserved. If that fails,
 *       only this step is repeated soon, not the write.
 *   <li>Then refusals are recorded, and reported once.
 *   <li>Then Canvas is asked whether visits stand where blocks were made. A visit that is booked
 *       later finds the block.
 *   <li>Last, conflicts that are over end.
 * </ol>
 */
@Singleton
final class RefusedBlocks {
  private static final Log LOG = Log.of(RefusedBlocks.class);

  /** How long a refused block is not tried again, if its meeting stays as it is. */
  private static final Duration RETRY = Duration.ofMinutes(5);

  /** The time for one row. */
  private static final Duration ONE_ROW = Duration.ofSeconds(1);

  /** The time for the last page of a search, and then for recording all outcomes. */
  private static final Duration AFTER_SEARCHES = Duration.ofSeconds(6);

  private final Canvas canvas;
  private final Conflicts conflicts;
  private final ReservedTimes reserved;
  private final Practice practice;
  private final Clock clock;

  RefusedBlocks(
      Canvas canvas, Conflicts conflicts, ReservedTimes reserved, Practice practice, Clock clock) {
    this.canvas = canvas;
    this.conflicts = conflicts;
    this.reserved = reserved;
    this.practice = practice;
    this.clock = clock;
  }

  /**
   * What is open at the end of a run.
   *
   * @param conflicts how many blocks Canvas refuses, or stand on a visit
   * @param unchecked of how many blocks nobody knows yet whether they stand on a visit
   * @param left how many reservations there was no time for
   * @param isUnread whether Canvas did not show which time of a refused block is to be reserved
   */
  record Open(int conflicts, int unchecked, int left, boolean isUnread) {}

  /** Begins a run for one clinician. */
  Run begin(String practitioner, MeetingPlan plan, StandingBlocks standing) {
    return new Run(practitioner, plan, standing);
  }

  /** One run for one clinician. */
  final class Run {
    private final String practitioner;
    private final MeetingPlan plan;
    private final StandingBlocks standing;
    private final Set<String> toWrite;
    private final Map<String, Conflict> before;
    private final Map<WantedBlock, String> refused = new LinkedHashMap<>();
    private final Map<WantedBlock, Conflict> unreserved = new LinkedHashMap<>();
    private final Map<String, WantedBlock> toCheck = new LinkedHashMap<>();
    private final Set<String> open = new HashSet<>();
    private final List<Conflict> ended = new ArrayList<>();

    private Run(String practitioner, MeetingPlan plan, StandingBlocks standing) {
      this.practitioner = practitioner;
      this.plan = plan;
      this.standing = standing;
      this.toWrite =
          plan.effects().stream()
              .filter(effect -> effect.fold(put -> true, cancel -> false, forget -> false))
              .map(BlockEffect::block)
              .collect(Collectors.toSet());
      this.before =
          conflicts.of(practitioner).stream()
              .collect(Collectors.toMap(Conflict::block, Function.identity()));
    }

    /** Whether Canvas has just refused this block. What other blocks cover needs no other try. */
    boolean isRefusedStill(WantedBlock wanted) {
      return known(wanted)
          .filter(Conflict::isRefusal)
          .filter(it -> it.isCovered() ? standing.cover(wanted) : !isDue(it))
          .isPresent();
    }

    /** Whether Canvas has refused the block, as it is wanted now, in an earlier run. */
    boolean wasRefused(WantedBlock wanted) {
      return known(wanted).filter(Conflict::isRefusal).isPresent();
    }

    /**
     * Leaves a block that is {@linkplain #isRefusedStill refused still} to a later run. Its time is
     * reserved now if an earlier run could not do that.
     */
    void leave(WantedBlock wanted) {
      open.add(wanted.block());
      known(wanted).filter(it -> !it.isReserved()).ifPresent(it -> unreserved.put(wanted, it));
    }

    /** Whether an earlier run has tried to write the block as it is wanted now. */
    boolean wasTried(WantedBlock wanted) {
      return known(wanted).filter(it -> !it.isBesideVisit()).isPresent();
    }

    private Optional<Conflict> known(WantedBlock wanted) {
      return Optional.ofNullable(before.get(wanted.block()))
          .filter(it -> it.fingerprint().equals(wanted.fingerprint()));
    }

    private boolean isDue(Conflict conflict) {
      return !clock.instant().isBefore(conflict.triedAt().plus(RETRY));
    }

    /** Has to be called before a block is written. */
    void beforePut(WantedBlock wanted) {
      if (known(wanted).isEmpty()) {
        record(wanted, Conflict.UNCHECKED, clock.instant());
      }
    }

    void made(WantedBlock wanted) {
      standing.made(wanted);
      toCheck.put(wanted.block(), wanted);
    }

    /** Canvas refuses a block, also after all others were written if there was time to ask. */
    void timeTaken(WantedBlock wanted) {
      refused(wanted, standing.cover(wanted) ? Conflict.COVERED : Conflict.VISIT);
    }

    /**
     * @param why a constant of {@link Conflict}, or the code of a refusal
     */
    void refused(WantedBlock wanted, String why) {
      standing.refused(wanted);
      refused.put(wanted, why);
      open.add(wanted.block());
    }

    /** A block cannot be cancelled. It is an error once, and a warning at each other try. */
    void notCancelled(BlockEffect.Cancel effect, String code) {
      open.add(effect.block());
      boolean isNew =
          conflicts.record(
              practitioner,
              effect.block(),
              KnownBlock.removalOf(effect.time()),
              Conflict.NOT_CANCELLED,
              clock.instant());
      if (isNew) {
        LOG.error("block-not-cancelled", "block", effect.block(), "code", code);
      } else {
        LOG.warn("block-still-not-cancelled", "block", effect.block(), "code", code);
      }
    }

    /**
     * Has to be called once, after all blocks were written.
     *
     * <p>The order is such that a worker may die at any point: time is reserved before the refusal
     * counts as tried, and is released before the conflict ends. In between, another run repeats
     * both.
     */
    Open settle(Deadline deadline) {
      ReservedTimes.Held held = reserved.held(practitioner); // before the search, see hasBooking
      VisitsOfDays visits =
          new VisitsOfDays(
              canvas,
              practice,
              practitioner,
              new Deadline(deadline.end().minus(AFTER_SEARCHES), deadline.clock()));
      before.values().forEach(this::lookAgain);
      Set<WantedBlock> unread = new HashSet<>();
      int left = reserve(held, visits, unread, deadline);
      refused.forEach((wanted, why) -> report(wanted, why, left == 0 && !unread.contains(wanted)));
      unreserved.forEach(
          (wanted, conflict) -> {
            if (left == 0 && !unread.contains(wanted)) {
              record(wanted, conflict.why(), conflict.triedAt());
            }
          });
      long unchecked =
          toCheck.values().stream().filter(it -> !check(it, visits, held, deadline)).count();
      end();
      return new Open(open.size(), (int) unchecked, left, !unread.isEmpty());
    }

    /** Decides about a conflict whose block was not written in this run. */
    private void lookAgain(Conflict conflict) {
      String block = conflict.block();
      if (open.contains(block) || toCheck.containsKey(block)) {
        return;
      }
      Optional<WantedBlock> wanted = Optional.ofNullable(plan.wanted().get(block));
      if (wanted.isEmpty()) {
        if (conflict.isNotCancelled() && standing.has(block)) {
          open.add(block);
        } else {
          ended.add(conflict);
        }
      } else if (toWrite.contains(block) || (conflict.isBesideVisit() && !isDue(conflict))) {
        if (conflict.isReported()) {
          open.add(block);
        }
      } else if (conflict.isRefusal() && !standing.has(wanted.get())) {
        if (isOver(wanted.get())) {
          ended.add(conflict);
        } else {
          open.add(block); // a guard keeps the block from being tried
        }
      } else {
        toCheck.put(block, wanted.get());
      }
    }

    private boolean isOver(WantedBlock wanted) {
      return !wanted.time().end().isAfter(clock.instant());
    }

    /**
     * Reserves the time of refused blocks that nothing takes. Time of a visit is never reserved:
     * its patient may move away and, if that fails, has to get the time back.
     *
     * @param unread gets the blocks of which Canvas does not show what takes their time
     * @return how many reservations there was no time for
     */
    private int reserve(
        ReservedTimes.Held held, VisitsOfDays visits, Set<WantedBlock> unread, Deadline deadline) {
      List<Interval> free = new ArrayList<>();
      Set<WantedBlock> toReserve = new LinkedHashSet<>(refused.keySet());
      toReserve.addAll(unreserved.keySet());
      for (WantedBlock one : toReserve) {
        TimeSet missing = TimeSet.of(List.of(one.time())).minus(TimeSet.of(standing.others(one)));
        if (!missing.isEmpty()) {
          visits
              .around(one.time())
              .flatMap(VisitsOfDays.Shown::busy)
              .ifPresentOrElse(
                  busy -> free.addAll(missing.minus(TimeSet.of(busy)).parts()),
                  () -> unread.add(one));
        }
      }
      List<Interval> kept =
          plan.wanted().values().stream()
              .filter(one -> !isOver(one))
              .filter(one -> toReserve.contains(one) ? unread.contains(one) : !isThere(one))
              .map(WantedBlock::time)
              .toList();
      return reserved.bring(practitioner, held, TimeSet.of(free), TimeSet.of(kept), deadline);
    }

    /** Whether the block takes its time in Canvas, for certain. */
    private boolean isThere(WantedBlock wanted) {
      return standing.has(wanted)
          && (toCheck.containsKey(wanted.block()) || !toWrite.contains(wanted.block()));
    }

    private void report(WantedBlock wanted, String why, boolean isReserved) {
      open.add(wanted.block());
      boolean isNew =
          isReserved
              ? record(wanted, why, clock.instant())
              : conflicts.recordUnreserved(
                  practitioner, wanted.block(), wanted.fingerprint(), why, clock.instant());
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

    private boolean record(WantedBlock wanted, String why, Instant triedAt) {
      return conflicts.record(practitioner, wanted.block(), wanted.fingerprint(), why, triedAt);
    }

    /**
     * Looks whether a visit stands where a block was made.
     *
     * @return false if that is not known
     */
    private boolean check(
        WantedBlock wanted, VisitsOfDays visits, ReservedTimes.Held held, Deadline deadline) {
      Optional<VisitsOfDays.Shown> shown =
          deadline.leaves(ONE_ROW) ? visits.around(wanted.time()) : Optional.empty();
      if (shown.filter(it -> it.hasVisitAt(wanted.time())).isPresent()) {
        report(wanted, Conflict.BESIDE_VISIT, true);
        return true;
      }
      if (shown.isEmpty() || hasBooking(wanted, held)) {
        if (known(wanted).filter(Conflict::isRefusal).isPresent()) {
          record(wanted, Conflict.UNCHECKED, clock.instant());
        }
        return false;
      }
      Optional.ofNullable(before.get(wanted.block()))
          .or(() -> Optional.of(Conflict.unchecked(wanted.block(), wanted.fingerprint())))
          .ifPresent(ended::add);
      return true;
    }

    /**
     * Whether a visit was booked at this time just now, or is being booked. Canvas may not show it
     * yet (docs/facts/canvas.md 3.9).
     */
    private static boolean hasBooking(WantedBlock wanted, ReservedTimes.Held held) {
      return held.bookings().stream().anyMatch(wanted.time()::overlaps);
    }

    private void end() {
      conflicts.end(practitioner, ended.stream().map(Conflict::block).toList());
      ended.stream()
          .filter(Conflict::wasReported)
          .forEach(one -> LOG.info("meeting-conflict-ended", "block", one.block()));
    }
  }
}
