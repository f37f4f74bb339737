package clinic.scheduling.slots;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.fhir.Slot;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The start candidates that Canvas proposes in one schedule, kept for a few seconds. A long window
 * is asked for in parts of about two weeks (docs/facts/canvas.md 2.2). Every slot is checked again:
 * right schedule, readable, right length, inside the window.
 */
@Singleton
class FreeTimes {
  private static final int DAYS_AT_ONCE = 16;

  /** Canvas does not say in which zone its days are, so those of every zone are asked for. */
  private static final Duration BEHIND_UTC = Duration.ofHours(12);

  private static final Duration AHEAD_OF_UTC = Duration.ofHours(14);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Canvas canvas;
  private final Clock clock;
  private final ConcurrencyLimit lane;
  private final VersionedCache<Question, List<Interval>> kept;

  FreeTimes(Canvas canvas, SlotsSettings.Searches searches, Clock clock) {
    this.canvas = canvas;
    this.clock = clock;
    this.lane =
        new ConcurrencyLimit(Unavailable.Reason.SCHEDULE_UNREADABLE, searches.atOnce(), clock);
    this.kept = new VersionedCache<>(clock);
  }

  @PreDestroy
  void stop() {
    lane.close();
  }

  /**
   * @param stamp of the clinician's holds, on its way; another one makes what is kept stale
   * @return by start, each once
   */
  CompletableFuture<List<Interval>> of(
      String schedule,
      Interval window,
      int minutes,
      CompletableFuture<String> stamp,
      Instant deadline) {
    List<CompletableFuture<List<Interval>>> parts = new ArrayList<>();
    LocalDate first = dayOf(window.start().minus(BEHIND_UTC));
    LocalDate last = dayOf(window.end().plus(AHEAD_OF_UTC));
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(DAYS_AT_ONCE)) {
      LocalDate end = day.plusDays(DAYS_AT_ONCE - 1L);
      Question part = new Question(schedule, day, end.isBefore(last) ? end : last, minutes);
      parts.add(
          kept.get(
              part,
              stamp,
              () -> lane.call(deadline, () -> read(part, new Deadline(deadline, clock)))));
    }
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(
            done ->
                parts.stream()
                    .flatMap(part -> part.join().stream())
                    .filter(window::holds)
                    .distinct()
                    .sorted(Comparator.comparing(Interval::start))
                    .toList());
  }

  private List<Interval> read(Question part, Deadline deadline) {
    return canvas
        .slots(part.schedule(), part.first(), part.last(), part.minutes(), deadline)
        .stream()
        .filter(slot -> !slot.isOf(part.schedule()) || slot.isFree())
        .map(slot -> readable(slot, part.schedule()))
        .filter(time -> time.length().equals(Duration.ofMinutes(part.minutes())))
        .toList();
  }

  /** One slot that cannot be read makes the whole answer one that cannot be trusted. */
  private static Interval readable(Slot slot, String schedule) {
    return slot.freeTimeIn(schedule)
        .orElseThrow(() -> new UnavailableException("canvas: a slot that cannot be read", PAUSE));
  }

  private static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private record Question(String schedule, LocalDate first, LocalDate last, int minutes) {}
}
