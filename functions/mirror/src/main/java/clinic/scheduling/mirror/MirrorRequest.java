package clinic.scheduling.mirror;

import clinic.scheduling.core.ledger.CoalescingLock;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which calendars of a clinician to read. A worker that finds the clinician locked stores its
 * request in the row of the lock. The worker that has the lock then handles the request.
 *
 * @param calendars the keys of the calendars
 * @param forced the keys of those for which a person has decided that no guard stops them
 */
record MirrorRequest(Set<String> calendars, Set<String> forced) {
  private static final MirrorRequest NONE = new MirrorRequest(Set.of(), Set.of());
  private static final String FORCED = "!";

  MirrorRequest {
    calendars = Set.copyOf(calendars);
    forced = Set.copyOf(forced);
  }

  static MirrorRequest of(String calendar, boolean isForced) {
    return new MirrorRequest(Set.of(calendar), isForced ? Set.of(calendar) : Set.of());
  }

  boolean isForced(String calendar) {
    return forced.contains(calendar);
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

    private static Set<String> union(Collection<String> one, Collection<String> other) {
      Set<String> all = new TreeSet<>(one);
      all.addAll(other);
      return all;
    }

    @Override
    public String text(MirrorRequest request) {
      Set<String> words = new TreeSet<>();
      request.calendars().forEach(it -> words.add(it + (request.isForced(it) ? FORCED : "")));
      return String.join(" ", words);
    }

    @Override
    public MirrorRequest parse(String text) {
      Set<String> calendars = new TreeSet<>();
      Set<String> forced = new TreeSet<>();
      for (String word : text.split(" ", -1)) {
        String calendar = word.replace(FORCED, "");
        calendars.add(calendar);
        if (word.endsWith(FORCED)) {
          forced.add(calendar);
        }
      }
      return new MirrorRequest(calendars, forced);
    }
  }
}
