package clinic.scheduling.slots;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.Licences;
import clinic.scheduling.canvas.fhir.Practitioner;
import clinic.scheduling.canvas.fhir.Schedule;
import clinic.scheduling.core.Kept;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Specialty;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Every clinician at every place that practice and Canvas agree on, kept for two minutes. */
@Singleton
class Directory {
  private static final Duration KEPT = Duration.ofMinutes(2);

  private final Practice practice;
  private final Canvas canvas;
  private final Clock clock;
  private final Kept<String, List<Bookable>> kept;

  Directory(Practice practice, Canvas canvas, Clock clock) {
    this.practice = practice;
    this.canvas = canvas;
    this.clock = clock;
    this.kept = new Kept<>(KEPT, 2, clock);
  }

  /**
   * @throws clinic.scheduling.core.UnavailableException if Canvas does not answer whole
   */
  List<Bookable> now() {
    CompletableFuture<List<Bookable>> mine = new CompletableFuture<>();
    CompletableFuture<List<Bookable>> shared = kept.get("all", () -> mine);
    if (shared == mine) {
      load(mine);
    }
    try {
      return shared.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** The caller who asks first reads; the others wait. */
  private void load(CompletableFuture<List<Bookable>> answer) {
    try {
      answer.complete(read());
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private List<Bookable> read() {
    Map<String, Practitioner> known = new HashMap<>();
    for (Practitioner one : canvas.practitioners()) {
      if (one.id() != null && !Boolean.FALSE.equals(one.active())) {
        known.put(one.id(), one);
      }
    }
    return canvas.schedules().stream()
        .flatMap(schedule -> schedule.pair().stream())
        .distinct()
        .flatMap(pair -> bookable(pair, known).stream())
        .toList();
  }

  private Optional<Bookable> bookable(Schedule.Pair pair, Map<String, Practitioner> known) {
    Optional<Location> place = practice.locationByScheduleKey(pair.scheduleKey());
    return practice
        .practitionerByCanvasId(pair.practitioner())
        .filter(who -> place.isPresent())
        .map(
            who -> {
              Licences licences =
                  Optional.ofNullable(known.get(pair.practitioner()))
                      .map(one -> Licences.of(one, who.licences()))
                      .orElseGet(Licences::none);
              return new Bookable(
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
