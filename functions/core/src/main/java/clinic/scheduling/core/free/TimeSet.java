package clinic.scheduling.core.free;

import clinic.scheduling.core.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A set of instants, kept as sorted intervals that neither overlap nor touch. Each operation is
 * linear in the number of intervals once they are sorted.
 */
public final class TimeSet {
  public static final TimeSet EMPTY = new TimeSet(List.of());
  private static final Comparator<Interval> BY_START = Comparator.comparing(Interval::start);

  private final List<Interval> parts;

  private TimeSet(List<Interval> parts) {
    this.parts = parts;
  }

  /** The union of these intervals, which may overlap and come in any order. */
  public static TimeSet of(Collection<Interval> any) {
    List<Interval> sorted = new ArrayList<>(any);
    if (!isInOrder(sorted)) {
      sorted.sort(BY_START);
    }
    List<Interval> merged = new ArrayList<>(sorted.size());
    for (Interval next : sorted) {
      int last = merged.size() - 1;
      if (last < 0 || next.start().isAfter(merged.get(last).end())) {
        merged.add(next);
      } else if (next.end().isAfter(merged.get(last).end())) {
        merged.set(last, new Interval(merged.get(last).start(), next.end()));
      }
    }
    return new TimeSet(merged);
  }

  /** Whether the intervals are sorted. Canvas sends sorted intervals, so we seldom have to sort. */
  private static boolean isInOrder(List<Interval> times) {
    for (int i = 1; i < times.size(); i++) {
      if (times.get(i).start().isBefore(times.get(i - 1).start())) {
        return false;
      }
    }
    return true;
  }

  public List<Interval> parts() {
    return List.copyOf(parts);
  }

  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /** The smallest interval that contains the set; empty if the set is empty. */
  public Optional<Interval> hull() {
    return isEmpty()
        ? Optional.empty()
        : Optional.of(new Interval(parts.get(0).start(), parts.get(parts.size() - 1).end()));
  }

  public TimeSet intersect(TimeSet other) {
    List<Interval> common = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < parts.size() && j < other.parts.size()) {
      Interval mine = parts.get(i);
      Interval theirs = other.parts.get(j);
      mine.and(theirs).ifPresent(common::add);
      if (mine.end().isBefore(theirs.end())) {
        i++;
      } else {
        j++;
      }
    }
    return new TimeSet(common);
  }

  public TimeSet minus(TimeSet other) {
    List<Interval> rest = new ArrayList<>();
    int j = 0;
    for (Interval part : parts) {
      Instant from = part.start();
      while (j < other.parts.size() && !other.parts.get(j).end().isAfter(from)) {
        j++;
      }
      for (int k = j; k < other.parts.size(); k++) {
        Interval taken = other.parts.get(k);
        if (!taken.start().isBefore(part.end())) {
          break;
        }
        if (from.isBefore(taken.start())) {
          rest.add(new Interval(from, taken.start()));
        }
        from = taken.end();
      }
      if (from.isBefore(part.end())) {
        rest.add(new Interval(from, part.end()));
      }
    }
    return new TimeSet(rest);
  }

  /**
   * The candidates that lie entirely within one interval of this set.
   *
   * @param candidates intervals, sorted by start
   */
  public List<Interval> inside(List<Interval> candidates) {
    List<Interval> inside = new ArrayList<>();
    int i = 0;
    for (Interval candidate : candidates) {
      while (i < parts.size() && !parts.get(i).end().isAfter(candidate.start())) {
        i++;
      }
      if (i < parts.size() && parts.get(i).contains(candidate)) {
        inside.add(candidate);
      }
    }
    return inside;
  }
}
