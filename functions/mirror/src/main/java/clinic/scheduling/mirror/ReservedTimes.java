package clinic.scheduling.mirror;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.free.TimeSet;
import clinic.scheduling.core.hold.Hold;
import clinic.scheduling.core.hold.Holds;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reserves the time of meetings whose blocks Canvas refuses, with {@linkplain Holds holds}, so that
 * lookups and bookings pass it over (docs/decisions/0052). A clinician's reserved time is a set of
 * pieces. Each piece is a hold with an owner of its own, and lies within one UTC day, because a
 * hold replaces the others of its owner on that day.
 *
 * <p>A hold of a booking or of a form is never overwritten: the time that it takes is reserved
 * later, when the hold has ended. A reservation ends by itself some hours after it was last
 * renewed.
 */
@Singleton
final class ReservedTimes {
  private static final String OWNER = "meeting-";

  /** Longer than any pause of ours that nobody notices. */
  private static final Duration LENGTH = Duration.ofHours(12);

  /** A reservation is renewed when less than this is left. */
  private static final Duration RENEWED_BELOW = Duration.ofHours(11);

  /** The time for writing one hold. */
  private static final Duration ONE_HOLD = Duration.ofSeconds(1);

  private final Holds holds;
  private final Clock clock;

  ReservedTimes(Holds holds, Clock clock) {
    this.holds = holds;
    this.clock = clock;
  }

  /**
   * The holds of a clinician as they are now.
   *
   * @param reserved the pieces that are reserved for meetings
   * @param others the holds of bookings, moves and forms
   */
  record Held(List<Hold> reserved, List<Hold> others) {
    /** The times that bookings and moves hold. A form has booked nothing yet. */
    List<Interval> bookings() {
      return others.stream().filter(one -> !one.isOfForm()).map(Hold::time).toList();
    }
  }

  Held held(String practitioner) {
    List<Hold> all = holds.taken(practitioner).holds();
    return new Held(
        all.stream().filter(ReservedTimes::isReservation).toList(),
        all.stream().filter(one -> !isReservation(one)).toList());
  }

  private static boolean isReservation(Hold hold) {
    return hold.owner().startsWith(OWNER);
  }

  /**
   * Brings the reserved time in line. Time that stays reserved is not free at any moment.
   *
   * @param wanted the time to reserve
   * @param kept time that stays reserved if it is, and is not reserved otherwise
   * @return how many pieces there was no time for
   */
  int bring(String practitioner, Held held, TimeSet wanted, TimeSet kept, Deadline deadline) {
    TimeSet all = union(wanted, kept);
    List<Piece> next = new ArrayList<>();
    List<Hold> gone = new ArrayList<>();
    List<Interval> standing = new ArrayList<>(held.others().stream().map(Hold::time).toList());
    List<Interval> split = new ArrayList<>();
    Set<String> owners = new HashSet<>();
    for (Hold one : held.reserved()) {
      owners.add(one.owner());
      List<Interval> rest = all.intersect(TimeSet.of(List.of(one.time()))).parts();
      if (rest.isEmpty()) {
        gone.add(one);
      } else {
        standing.add(rest.get(0));
        split.addAll(rest.subList(1, rest.size())); // each gets an owner of its own
        if (!rest.get(0).equals(one.time()) || isDue(one)) {
          next.add(new Piece(one.owner(), rest.get(0)));
        }
      }
    }
    union(wanted, TimeSet.of(split)).minus(TimeSet.of(standing)).parts().stream()
        .flatMap(ReservedTimes::byDay)
        .forEach(piece -> next.add(new Piece(newOwner(owners), piece)));
    int left = 0;
    for (Piece one : next) {
      if (!deadline.leaves(ONE_HOLD)) {
        left++;
      } else {
        // False if a booking has taken a part of it just now. The next run leaves that part out.
        holds.hold(practitioner, one.owner(), one.time(), LENGTH);
      }
    }
    gone.forEach(one -> holds.release(practitioner, one));
    return left;
  }

  /** A time that an owner is about to hold. */
  private record Piece(String owner, Interval time) {}

  private boolean isDue(Hold hold) {
    return hold.until().isBefore(clock.instant().plus(RENEWED_BELOW));
  }

  private static String newOwner(Set<String> owners) {
    return IntStream.rangeClosed(0, owners.size())
        .mapToObj(n -> OWNER + n)
        .filter(owners::add)
        .findFirst()
        .orElseThrow();
  }

  /** The parts of a time in each UTC day. */
  private static Stream<Interval> byDay(Interval time) {
    LocalDate first = LocalDate.ofInstant(time.start(), ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(time.end(), ZoneOffset.UTC);
    return first
        .datesUntil(last.plusDays(1))
        .map(day -> new Interval(midnight(day), midnight(day.plusDays(1))))
        .flatMap(day -> day.and(time).stream());
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static TimeSet union(TimeSet one, TimeSet other) {
    return TimeSet.of(Stream.concat(one.parts().stream(), other.parts().stream()).toList());
  }
}
