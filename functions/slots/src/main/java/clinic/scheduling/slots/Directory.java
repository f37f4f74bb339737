package clinic.scheduling.slots;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.Licences;
import clinic.scheduling.canvas.fhir.Practitioner;
import clinic.scheduling.canvas.fhir.Schedule;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practice;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every clinician at every place that practice and Canvas agree on. Kept for two minutes; callers
 * that come together wait for one answer of Canvas.
 */
@Singleton
class Directory {
  private static final Duration KEPT = Duration.ofMinutes(2);

  private final Practice practice;
  private final Canvas canvas;
  private final Clock clock;
  private @Nullable List<Bookable> known;
  private Instant stale = Instant.EPOCH;

  Directory(Practice practice, Canvas canvas, Clock clock) {
    this.practice = practice;
    this.canvas = canvas;
    this.clock = clock;
  }

  synchronized List<Bookable> now() {
    List<Bookable> fresh = known;
    if (fresh == null || !clock.instant().isBefore(stale)) {
      fresh = load();
      known = fresh;
      stale = clock.instant().plus(KEPT);
    }
    return fresh;
  }

  private List<Bookable> load() {
    List<Practitioner> practitioners = canvas.practitioners();
    return canvas.schedules().stream()
        .flatMap(schedule -> schedule.pair().stream())
        .flatMap(pair -> bookable(pair, practitioners).stream())
        .toList();
  }

  private Optional<Bookable> bookable(Schedule.Pair pair, List<Practitioner> practitioners) {
    Optional<Location> place = practice.locationByScheduleKey(pair.scheduleKey());
    return practice
        .practitionerByCanvasId(pair.practitioner())
        .filter(who -> place.isPresent())
        .map(
            who ->
                new Bookable(
                    pair.schedule(),
                    who,
                    place.orElseThrow(),
                    licences(pair.practitioner(), who, practitioners)));
  }

  private static Licences licences(
      String staffKey,
      clinic.scheduling.core.practice.Practitioner who,
      List<Practitioner> practitioners) {
    return practitioners.stream()
        .filter(one -> staffKey.equals(one.id()))
        .findFirst()
        .map(one -> Licences.of(one, who.licences()))
        .orElseGet(Licences::none);
  }
}
