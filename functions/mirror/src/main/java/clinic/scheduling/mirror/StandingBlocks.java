package clinic.scheduling.mirror;

import clinic.scheduling.core.Interval;
import clinic.scheduling.meetings.plan.KnownBlock;
import clinic.scheduling.meetings.plan.MeetingPlan;
import clinic.scheduling.meetings.plan.WantedBlock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The blocks of one clinician that Canvas has, kept up to date during one run. */
final class StandingBlocks {
  private final Map<String, Interval> times = new HashMap<>();

  /** All of them, also those whose time the ledger does not know. */
  private final Set<String> existing = new HashSet<>();

  StandingBlocks(Collection<KnownBlock> known) {
    known.stream()
        .filter(KnownBlock::mayExist)
        .forEach(
            one -> {
              existing.add(one.block());
              one.time().ifPresent(time -> times.put(one.block(), time));
            });
  }

  void made(WantedBlock wanted) {
    existing.add(wanted.block());
    times.put(wanted.block(), wanted.time());
  }

  void cancelled(String block) {
    existing.remove(block);
    times.remove(block);
  }

  /**
   * Canvas has refused the block. If the outcome of an earlier try was unknown, it is known now
   * that the block is not there.
   */
  void refused(WantedBlock wanted) {
    if (has(wanted)) {
      times.remove(wanted.block());
    }
  }

  boolean has(String block) {
    return times.containsKey(block);
  }

  /** Whether the block is where it is wanted. */
  boolean has(WantedBlock wanted) {
    return wanted.time().equals(times.get(wanted.block()));
  }

  /**
   * Whether the block exists where its meeting no longer is, and other blocks take all of the time
   * where the meeting is now.
   */
  boolean isNeededNowhere(WantedBlock wanted) {
    return existing.contains(wanted.block()) && !has(wanted) && cover(wanted);
  }

  Optional<Interval> time(String block) {
    return Optional.ofNullable(times.get(block));
  }

  /** Whether other blocks take all of the time that this one is wanted for. */
  boolean cover(WantedBlock wanted) {
    return MeetingPlan.isCovered(wanted.time(), others(wanted));
  }

  /** The times of the other blocks. */
  List<Interval> others(WantedBlock wanted) {
    return times.entrySet().stream()
        .filter(one -> !one.getKey().equals(wanted.block()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
