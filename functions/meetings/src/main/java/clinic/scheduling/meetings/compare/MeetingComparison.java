package clinic.scheduling.meetings.compare;

import clinic.scheduling.core.Interval;
import clinic.scheduling.meetings.compare.MeetingFinding.Kind;
import clinic.scheduling.meetings.plan.KnownBlock;
import clinic.scheduling.meetings.plan.WantedBlock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the blocks that meetings ask for, the blocks that Canvas shows, and the ledger. A pure
 * function.
 *
 * @param wanted the blocks that the meetings ask for, by digest
 * @param shown the blocks that Canvas shows
 * @param known the blocks that the ledger knows
 * @param refused the blocks that Canvas refuses because a visit has their time
 * @param covered the blocks that Canvas refuses because other blocks have their time
 * @param window only blocks that overlap it are compared
 * @param knowsAllMeetings whether all calendars were read; otherwise no block is unexpected
 */
record MeetingComparison(
    Map<String, WantedBlock> wanted,
    List<ShownBlock> shown,
    Collection<KnownBlock> known,
    Set<String> refused,
    Set<String> covered,
    Interval window,
    boolean knowsAllMeetings) {

  List<MeetingFinding> findings() {
    Map<String, KnownBlock> ledger =
        known.stream().collect(Collectors.toMap(KnownBlock::block, Function.identity()));
    Map<String, List<ShownBlock>> byBlock =
        shown.stream().collect(Collectors.groupingBy(one -> one.name().block()));
    return Stream.concat(
            wanted.values().stream()
                .filter(one -> one.time().overlaps(window))
                .filter(one -> !byBlock.containsKey(one.block()))
                .filter(one -> !covered.contains(one.block()))
                .flatMap(one -> absent(one, Optional.ofNullable(ledger.get(one.block())))),
            byBlock.values().stream()
                .flatMap(
                    same ->
                        shown(same, Optional.ofNullable(ledger.get(same.get(0).name().block())))))
        .sorted(Comparator.comparing((MeetingFinding it) -> it.time().start()))
        .toList();
  }

  /** A block that staff have freed with the consent of the practice is not missed. */
  private Stream<MeetingFinding> absent(WantedBlock one, Optional<KnownBlock> row) {
    if (refused.contains(one.block())) {
      return Stream.of(finding(Kind.CONFLICT, one.block(), Optional.empty(), one.time()));
    }
    boolean isFreed =
        one.staffMayFree()
            && row.filter(it -> !it.entry().fingerprint().isEmpty())
                .filter(it -> it.entry().isDone())
                .isPresent();
    return isFreed
        ? Stream.empty()
        : Stream.of(finding(Kind.MISSING, one.block(), Optional.empty(), one.time()));
  }

  private Stream<MeetingFinding> shown(List<ShownBlock> same, Optional<KnownBlock> row) {
    ShownBlock main =
        same.stream()
            .filter(one -> isTracked(one, row))
            .findFirst()
            .orElse(same.get(same.size() - 1));
    return Stream.concat(
        same.stream()
            .filter(one -> !one.equals(main))
            .map(one -> finding(Kind.DUPLICATE, one.name().block(), Optional.of(one), one.time())),
        judge(main, row).stream());
  }

  private Optional<MeetingFinding> judge(ShownBlock one, Optional<KnownBlock> row) {
    WantedBlock want = wanted.get(one.name().block());
    if (want == null) {
      return knowsAllMeetings && one.time().overlaps(window)
          ? Optional.of(of(Kind.UNEXPECTED, one))
          : Optional.empty();
    }
    if (refused.contains(one.name().block())) {
      return Optional.of(of(Kind.CONFLICT, one));
    }
    if (!want.time().equals(one.time())) {
      return want.staffMayFree() && isTracked(one, row)
          ? Optional.empty()
          : Optional.of(of(Kind.MISPLACED, one));
    }
    return isTracked(one, row) ? Optional.empty() : Optional.of(of(Kind.UNTRACKED, one));
  }

  private static boolean isTracked(ShownBlock one, Optional<KnownBlock> row) {
    return row.filter(it -> it.entry().external().equals(one.appointment())).isPresent();
  }

  private static MeetingFinding of(Kind kind, ShownBlock one) {
    return finding(kind, one.name().block(), Optional.of(one), one.time());
  }

  private static MeetingFinding finding(
      Kind kind, String block, Optional<ShownBlock> shown, Interval time) {
    return new MeetingFinding(kind, block, shown, time);
  }
}
