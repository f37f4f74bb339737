package clinic.scheduling.meetings.compare;

import clinic.scheduling.core.ledger.Entry;
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
 * @param besideVisits the blocks that Canvas allows at the time of a visit
 * @param covered the blocks that Canvas refuses because other blocks have their time
 * @param digestKey the key of the digests of subjects
 * @param knowsAllMeetings whether all calendars were read. If not, the meeting of a block may be in
 *     a calendar that was not read, so a block is compared only if its meeting is known
 */
record MeetingComparison(
    Map<String, WantedBlock> wanted,
    List<ShownBlock> shown,
    Collection<KnownBlock> known,
    Set<String> refused,
    Set<String> besideVisits,
    Set<String> covered,
    byte[] digestKey,
    boolean knowsAllMeetings) {

  /** All differences, in the order of time. */
  List<MeetingFinding> findings() {
    Map<String, KnownBlock> ledger =
        known.stream().collect(Collectors.toMap(KnownBlock::block, Function.identity()));
    Map<String, List<ShownBlock>> byBlock =
        shown.stream().collect(Collectors.groupingBy(ShownBlock::block));
    Stream<MeetingFinding> absent =
        wanted.values().stream()
            .filter(one -> !byBlock.containsKey(one.block()) && !covered.contains(one.block()))
            .flatMap(one -> absent(one, Optional.ofNullable(ledger.get(one.block()))).stream());
    Stream<MeetingFinding> present =
        byBlock.entrySet().stream()
            .filter(one -> knowsAllMeetings || wanted.containsKey(one.getKey()))
            .flatMap(one -> present(one.getValue(), Optional.ofNullable(ledger.get(one.getKey()))));
    return Stream.concat(absent, present)
        .sorted(
            Comparator.comparing((MeetingFinding it) -> it.time().start())
                .thenComparing(MeetingFinding::block))
        .toList();
  }

  private Optional<MeetingFinding> absent(WantedBlock one, Optional<KnownBlock> row) {
    if (refused.contains(one.block())) {
      return Optional.of(absent(Kind.CONFLICT, one));
    }
    return isLeftToStaff(one, row) ? Optional.empty() : Optional.of(absent(Kind.MISSING, one));
  }

  /** One of the appointments with the same name is the block. The others are copies. */
  private Stream<MeetingFinding> present(List<ShownBlock> same, Optional<KnownBlock> row) {
    ShownBlock block =
        same.stream()
            .max(
                Comparator.comparing((ShownBlock one) -> isTracked(one, row))
                    .thenComparing(one -> one.name().generation())
                    .thenComparing(ShownBlock::appointment))
            .orElseThrow();
    return Stream.concat(
        same.stream().filter(one -> one != block).map(one -> of(Kind.DUPLICATE, one, false)),
        judge(block, row).map(kind -> of(kind, block, resetsRow(kind, block, row))).stream());
  }

  private Optional<Kind> judge(ShownBlock one, Optional<KnownBlock> row) {
    WantedBlock want = wanted.get(one.block());
    if (want == null) {
      return Optional.of(Kind.UNEXPECTED);
    }
    if (refused.contains(one.block())) {
      return Optional.of(Kind.CONFLICT);
    }
    if (!isTracked(one, row)) {
      return Optional.of(Kind.UNTRACKED);
    }
    if (isLeftToStaff(want, row)) {
      return Optional.empty();
    }
    if (!want.time().equals(one.time())) {
      return Optional.of(Kind.MISPLACED);
    }
    if (!one.looksLike(want, digestKey)) {
      return Optional.of(Kind.DIFFERS);
    }
    return besideVisits.contains(one.block()) ? Optional.of(Kind.CONFLICT) : Optional.empty();
  }

  /**
   * Whether the practice lets staff free the block. The ledger has it as wanted, so what Canvas
   * shows is what staff have made of it.
   */
  private static boolean isLeftToStaff(WantedBlock want, Optional<KnownBlock> row) {
    return want.staffMayFree()
        && row.map(KnownBlock::entry)
            .filter(Entry::isDone)
            .filter(it -> it.fingerprint().equals(want.fingerprint()))
            .isPresent();
  }

  private boolean resetsRow(Kind kind, ShownBlock one, Optional<KnownBlock> row) {
    return switch (kind) {
      case UNEXPECTED, UNTRACKED -> !isTracked(one, row);
      case MISSING, MISPLACED, DIFFERS -> !mayBeFreed(one.block());
      case DUPLICATE, CONFLICT -> false;
    };
  }

  private boolean mayBeFreed(String block) {
    return Optional.ofNullable(wanted.get(block)).filter(WantedBlock::staffMayFree).isPresent();
  }

  private static boolean isTracked(ShownBlock one, Optional<KnownBlock> row) {
    return row.filter(it -> it.entry().external().equals(one.appointment())).isPresent();
  }

  private static MeetingFinding of(Kind kind, ShownBlock one, boolean resetsRow) {
    return new MeetingFinding(kind, one.block(), Optional.of(one), one.time(), resetsRow);
  }

  private MeetingFinding absent(Kind kind, WantedBlock one) {
    boolean resetsRow = kind == Kind.MISSING && !one.staffMayFree();
    return new MeetingFinding(kind, one.block(), Optional.empty(), one.time(), resetsRow);
  }
}
