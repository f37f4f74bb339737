package clinic.scheduling.slots;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.fhir.Slot;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The free times of one schedule. Canvas is asked for at most two weeks at a time, and each of its
 * answers is checked again: right schedule, readable, right length, inside the window.
 */
@Singleton
class FreeTimes {
  private static final int DAYS_AT_ONCE = 14;

  private final Canvas canvas;

  FreeTimes(Canvas canvas) {
    this.canvas = canvas;
  }

  /**
   * @throws UnavailableException if Canvas does not answer, or answers what cannot be read
   */
  List<Interval> of(Bookable bookable, Interval window, int minutes) {
    ZoneId zone = bookable.location().zone();
    LocalDate first = LocalDate.ofInstant(window.start(), zone);
    LocalDate last = LocalDate.ofInstant(window.end(), zone);
    return Stream.iterate(first, day -> !day.isAfter(last), day -> day.plusDays(DAYS_AT_ONCE))
        .flatMap(
            day -> canvas.slots(bookable.schedule(), day, earlier(day, last), minutes).stream())
        .map(slot -> readable(slot, bookable.schedule()))
        .filter(time -> time.length().equals(Duration.ofMinutes(minutes)))
        .filter(time -> !time.start().isBefore(window.start()))
        .filter(time -> !time.end().isAfter(window.end()))
        .distinct()
        .toList();
  }

  private static LocalDate earlier(LocalDate from, LocalDate last) {
    LocalDate end = from.plusDays(DAYS_AT_ONCE - 1L);
    return end.isBefore(last) ? end : last;
  }

  private static Interval readable(Slot slot, String schedule) {
    Optional<Interval> time = slot.freeTimeIn(schedule);
    return time.orElseThrow(
        () ->
            new UnavailableException("canvas: a slot that cannot be read", Duration.ofSeconds(5)));
  }
}
