package clinic.scheduling.core.free;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Hours;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Local time at a place. An instant lies within given hours if the local clock shows a time within
 * those hours at that instant. An hour that daylight saving skips does not occur. An hour that
 * daylight saving repeats occurs twice.
 */
public final class WallClock {
  private final ZoneId zone;

  public WallClock(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * The part of a window that is within one of these hours. If the list is empty, this is the whole
   * window.
   */
  public TimeSet during(List<Hours> hours, Interval window) {
    List<Interval> found = new ArrayList<>();
    if (hours.isEmpty()) {
      found.add(window);
    } else {
      stretches(window).forEach(stretch -> found.addAll(stretch.during(hours)));
    }
    return TimeSet.of(found);
  }

  /** Whether the minutes since midnight, in local time, are a multiple of the step. */
  public boolean isOnGrid(Instant instant, int stepMinutes) {
    LocalTime time = LocalTime.ofInstant(instant, zone);
    return time.toSecondOfDay() % (stepMinutes * 60) == 0 && time.getNano() == 0;
  }

  /** The window, split where the offset from UTC changes. */
  private List<Stretch> stretches(Interval window) {
    List<Stretch> stretches = new ArrayList<>();
    Instant from = window.start();
    while (from.isBefore(window.end())) {
      @Nullable ZoneOffsetTransition change = zone.getRules().nextTransition(from);
      Instant to =
          change == null || change.getInstant().isAfter(window.end())
              ? window.end()
              : change.getInstant();
      stretches.add(new Stretch(new Interval(from, to), zone.getRules().getOffset(from)));
      from = to;
    }
    return stretches;
  }

  private record Stretch(Interval time, ZoneOffset offset) {

    List<Interval> during(List<Hours> hours) {
      LocalDate first = LocalDate.ofInstant(time.start(), offset);
      LocalDate last = LocalDate.ofInstant(time.end(), offset);
      List<Interval> found = new ArrayList<>();
      for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
        for (Hours one : hours) {
          if (one.days().contains(day.getDayOfWeek())) {
            new Interval(at(day, one.fromMinute()), at(day, one.toMinute()))
                .and(time)
                .ifPresent(found::add);
          }
        }
      }
      return found;
    }

    private Instant at(LocalDate day, int minute) {
      return day.atStartOfDay().plusMinutes(minute).toInstant(offset);
    }
  }
}
