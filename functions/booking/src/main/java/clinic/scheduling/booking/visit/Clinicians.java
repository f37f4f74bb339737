package clinic.scheduling.booking.visit;

import clinic.scheduling.booking.request.OfferedSlot;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.fhir.Practitioner;
import clinic.scheduling.canvas.licence.Licences;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.TimedCache;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What Canvas says about a clinician. For each booking and each move, free times and licences are
 * read anew. The video room may be five minutes old. So may the licences that we use to propose
 * other times.
 */
@Singleton
public class Clinicians {
  private static final Duration CACHED = Duration.ofMinutes(5);
  private static final int MOST_CACHED = 1_000;

  private final Canvas canvas;
  private final TimedCache<String, Optional<Practitioner>> cache;

  public Clinicians(Canvas canvas, Clock clock) {
    this.canvas = canvas;
    this.cache = new TimedCache<>(CACHED, MOST_CACHED, clock);
  }

  /**
   * Whether the clinician has the licence that the visit needs. For a visit in person, the state of
   * the clinic counts, otherwise the state where the patient will be.
   */
  public boolean isLicensed(OfferedSlot offered, String patientState) {
    Optional<String> state =
        offered.visit().modality().atClinic() ? offered.place().state() : Optional.of(patientState);
    return state
        .map(
            where ->
                licences(offered.practitioner())
                    .allows(where, offered.slot().time(), offered.place().zone()))
        .orElse(false);
  }

  /** Asks Canvas whether it still offers this time. */
  public boolean isStillOffered(OfferedSlot offered) {
    return freeTimes(offered).contains(offered.slot().time());
  }

  /** Asks Canvas for the free times of this slot's schedule, on its day and the two next to it. */
  public List<Interval> freeTimes(OfferedSlot offered) {
    LocalDate day = LocalDate.ofInstant(offered.slot().start(), offered.place().zone());
    String schedule = offered.slot().schedule();
    return canvas
        .slots(schedule, day.minusDays(1), day.plusDays(1), offered.slot().minutes())
        .stream()
        .flatMap(free -> free.freeTimeIn(schedule).stream())
        .toList();
  }

  /** Reads the licences anew. There are none if Canvas does not know the clinician. */
  public Licences licences(clinic.scheduling.core.practice.Practitioner who) {
    return licences(who, canvas.practitioner(who.canvasId()));
  }

  /**
   * The licences as they were at most five minutes ago. We use them only to propose other times,
   * since a booking reads the licences anew.
   */
  Licences cachedLicences(clinic.scheduling.core.practice.Practitioner who) {
    return licences(who, cached(who.canvasId()));
  }

  /**
   * The clinician's own video room; empty if Canvas has none.
   *
   * @param key the Canvas staff key
   */
  public Optional<String> room(String key) {
    return cached(key).flatMap(Practitioner::meetingRoom);
  }

  private Optional<Practitioner> cached(String key) {
    return cache.get(key, () -> CompletableFuture.completedFuture(canvas.practitioner(key))).join();
  }

  private static Licences licences(
      clinic.scheduling.core.practice.Practitioner who, Optional<Practitioner> found) {
    return found.map(one -> Licences.of(one, who.licences())).orElseGet(Licences::none);
  }
}
