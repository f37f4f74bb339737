package clinic.scheduling.mirror;

import clinic.scheduling.core.ledger.CoalescingLock;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which calendars of a clinician to read. A worker that finds the clinician locked stores its
 * request in the row of the lock. The worker that has the lock then handles the request.
 *
 * @param calendars the keys of the calendars
 * @param forced the decisions of persons that no guard stops a calendar
 */
record MirrorRequest(Set<String> calendars, Set<Force> forced) {
  private static final MirrorRequest NONE = new MirrorRequest(Set.of(), Set.of());
  private static final String FORCED = "!";

  MirrorRequest {
    calendars = Set.copyOf(calendars);
    forced = Set.copyOf(forced);
  }

  /**
   * A decision that no guard stops a calendar.
   *
   * @param message the SQS message id, which stays the same when the message is redelivered; empty
   *     in a request that an earlier version has stored
   */
  record Force(String calendar, String message) {}

  static MirrorRequest of(String calendar) {
    return new MirrorRequest(Set.of(calendar), Set.of());
  }

  static MirrorRequest forced(String calendar, String message) {
    return new MirrorRequest(Set.of(calendar), Set.of(new Force(calendar, message)));
  }

  /** How requests are combined, and stored in the row of the lock. */
  static final class Requests implements CoalescingLock.Requests<MirrorRequest> {
    @Override
    public MirrorRequest none() {
      return NONE;
    }

    @Override
    public MirrorRequest combine(MirrorRequest one, MirrorRequest other) {
      return new MirrorRequest(
          union(one.calendars(), other.calendars()), union(one.forced(), other.forced()));
    }

    private static <T> Set<T> union(Set<T> one, Set<T> other) {
      Set<T> all = new HashSet<>(one);
      all.addAll(other);
      return all;
    }

    @Override
    public String text(MirrorRequest request) {
      Set<String> words = new TreeSet<>(request.calendars());
      request.forced().forEach(it -> words.add(it.calendar() + FORCED + it.message()));
      return String.join(" ", words);
    }

    @Override
    public MirrorRequest parse(String text) {
      Set<String> calendars = new TreeSet<>();
      Set<Force> forced = new HashSet<>();
      for (String word : text.split(" ", -1)) {
        String[] parts = word.split(FORCED, 2);
        calendars.add(parts[0]);
        if (parts.length > 1) {
          forced.add(new Force(parts[0], parts[1]));
        }
      }
      return new MirrorRequest(calendars, forced);
    }
  }
}
