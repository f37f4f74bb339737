package clinic.scheduling.slots;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.fhir.Practitioner;
import clinic.scheduling.canvas.fhir.Schedule;
import clinic.scheduling.canvas.licence.Licences;
import clinic.scheduling.core.TimedCache;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Specialty;
import clinic.scheduling.slots.Unavailable.Reason;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Reads which clinicians can be booked at which places, and their licences. A clinician can be
 * booked at a place if both are in the practice document and Canvas has a schedule for them. The
 * result is cached for two minutes. Canvas can search neither schedules nor practitioners by place,
 * licence or specialty (docs/facts/canvas.md 2.1 and 4.2), so we read all of them and filter here.
 */
@Singleton
class Directory {
  private static final Duration KEPT = Duration.ofMinutes(2);

  private final Practice practice;
  private final Canvas canvas;
  private final Clock clock;
  private final ConcurrencyLimit reads;
  private final TimedCache<String, Known> cache;

  Directory(Practice practice, Canvas canvas, Clock clock) {
    this.practice = practice;
    this.canvas = canvas;
    this.clock = clock;
    this.reads = new ConcurrencyLimit(Reason.SCHEDULE_UNREADABLE, 2, clock);
    this.cache = new TimedCache<>(KEPT, 2, clock);
  }

  /**
   * All bookable clinicians.
   *
   * @param hasUnreadableSchedule whether Canvas returned a schedule that cannot be read, so that we
   *     do not know whose it is
   */
  record Known(List<BookableClinician> bookables, boolean hasUnreadableSchedule) {}

  @PreDestroy
  void stop() {
    reads.close();
  }

  /**
   * Returns the clinicians. Waits for Canvas at most until the deadline.
   *
   * @throws UnreadableException if Canvas has not answered completely by then
   */
  Known get(Instant deadline) {
    return ConcurrencyLimit.await(cache.get("all", () -> read(deadline)), deadline, clock);
  }

  private CompletableFuture<Known> read(Instant deadline) {
    CompletableFuture<List<Practitioner>> practitioners =
        reads.call(deadline, canvas::practitioners);
    return reads.call(deadline, canvas::schedules).thenCombine(practitioners, this::known);
  }

  private Known known(List<Schedule> schedules, List<Practitioner> practitioners) {
    Map<String, Practitioner> active = new HashMap<>();
    for (Practitioner one : practitioners) {
      if (one.id() != null && !Boolean.FALSE.equals(one.active())) {
        active.put(one.id(), one);
      }
    }
    List<BookableClinician> bookables =
        schedules.stream()
            .flatMap(schedule -> schedule.pair().stream())
            .distinct()
            .flatMap(pair -> bookable(pair, active).stream())
            .toList();
    return new Known(bookables, schedules.stream().anyMatch(one -> one.pair().isEmpty()));
  }

  private Optional<BookableClinician> bookable(
      Schedule.IdParts pair, Map<String, Practitioner> active) {
    Optional<Location> place = practice.locationByScheduleKey(pair.scheduleKey());
    return practice
        .practitionerByCanvasId(pair.practitioner())
        .filter(who -> place.isPresent())
        .map(
            who -> {
              Licences licences =
                  Optional.ofNullable(active.get(pair.practitioner()))
                      .map(one -> Licences.of(one, who.licences()))
                      .orElseGet(Licences::none);
              return new BookableClinician(
                  pair.schedule(),
                  who,
                  place.orElseThrow(),
                  licences,
                  specialties(who.specialties(), licences, place.orElseThrow()));
            });
  }

  private List<String> specialties(List<String> ofPractice, Licences licences, Location place) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), place.zone());
    List<String> held = licences.taxonomies(today);
    Stream<String> ofCanvas =
        practice.specialties().stream()
            .filter(one -> one.taxonomies().stream().anyMatch(held::contains))
            .map(Specialty::id);
    return Stream.concat(ofPractice.stream(), ofCanvas).distinct().toList();
  }
}
