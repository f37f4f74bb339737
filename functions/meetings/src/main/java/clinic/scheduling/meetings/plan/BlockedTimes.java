package clinic.scheduling.meetings.plan;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.meetings.plan.CalendarMeetings.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which blocks each meeting has so far, while a plan goes through the calendars. A meeting has one
 * block, unless its events are at different times. Then each time gets a block of its own, since
 * nobody but its owner knows which one is right.
 *
 * <p>All names follow from what is stored of the events, so the next plan finds the same ones.
 */
final class BlockedTimes {
  /** A block of a meeting, and the calendar that has asked for it. */
  private record Block(String name, Interval time, CalendarMeetings calendar) {
    boolean isStopped() {
      return calendar.state() == State.STOPPED;
    }
  }

  private final Map<String, List<Block>> byMeeting = new HashMap<>();

  /**
   * Adds a meeting of a calendar.
   *
   * @return the meeting under the name of its block; empty if it needs no block
   */
  Optional<BlockingMeeting> add(BlockingMeeting one, CalendarMeetings calendar) {
    List<Block> blocks = byMeeting.computeIfAbsent(one.block(), name -> new ArrayList<>());
    Optional<String> name =
        blocks.stream()
            .filter(it -> it.time().equals(one.time()))
            .findFirst()
            .map(same -> takenOver(same, calendar, blocks))
            .orElseGet(() -> newName(one, calendar, blocks));
    name.ifPresent(it -> blocks.add(new Block(it, one.time(), calendar)));
    return name.map(one::under);
  }

  /** A calendar that goes on takes over the block of one that is stopped. */
  private static Optional<String> takenOver(
      Block same, CalendarMeetings calendar, List<Block> blocks) {
    if (!same.isStopped() || calendar.state() == State.STOPPED) {
      return Optional.empty();
    }
    blocks.remove(same);
    return Optional.of(same.name());
  }

  /**
   * Two events of one calendar may have one UID, if a client copied or imported them. They are two
   * meetings. Two calendars may have one meeting at two times, until the later one has followed the
   * earlier one. The name has the time then: each such time is blocked once, and a meeting that is
   * often moved does not look as if its block were created again and again.
   */
  private static Optional<String> newName(
      BlockingMeeting one, CalendarMeetings calendar, List<Block> blocks) {
    if (blocks.isEmpty()) {
      return Optional.of(one.block());
    }
    String event = one.meeting().event();
    if (blocks.stream().anyMatch(it -> it.calendar().calendar().equals(calendar.calendar()))) {
      return Optional.of(Digest.of("meeting-block-copy", one.block(), event));
    }
    List<Interval> blocked =
        blocks.stream().filter(it -> !it.isStopped()).map(Block::time).toList();
    return isCovered(one.time(), blocked)
        ? Optional.empty()
        : Optional.of(
            Digest.of("meeting-block-copy", one.block(), event, one.time().start().toString()));
  }

  /** Whether these times take all of this time. */
  static boolean isCovered(Interval time, Collection<Interval> others) {
    Instant covered = time.start();
    for (Interval other :
        others.stream()
            .filter(time::overlaps)
            .sorted(Comparator.comparing(Interval::start))
            .toList()) {
      if (other.start().isAfter(covered)) {
        return false;
      }
      covered = other.end().isAfter(covered) ? other.end() : covered;
    }
    return !covered.isBefore(time.end());
  }
}
