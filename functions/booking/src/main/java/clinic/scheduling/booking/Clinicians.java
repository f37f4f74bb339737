package clinic.scheduling.booking;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.fhir.Practitioner;
import clinic.scheduling.canvas.licence.Licences;
import clinic.scheduling.core.TimedCache;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What Canvas says of a clinician: licences, always asked anew, and the video room, which may be as
 * it was some minutes ago.
 */
@Singleton
class Clinicians {
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final int MOST_KEPT = 1_000;

  private final Canvas canvas;
  private final TimedCache<String, Optional<Practitioner>> kept;

  Clinicians(Canvas canvas, Clock clock) {
    this.canvas = canvas;
    this.kept = new TimedCache<>(KEPT, MOST_KEPT, clock);
  }

  /** The licences now; none if Canvas does not know the clinician. */
  Licences licences(clinic.scheduling.core.practice.Practitioner who) {
    return licences(who, canvas.practitioner(who.canvasId()));
  }

  /** The licences as they were minutes ago, for proposals. */
  Licences known(clinic.scheduling.core.practice.Practitioner who) {
    return licences(who, known(who.canvasId()));
  }

  /**
   * The clinician's own video room.
   *
   * @param key the Canvas staff key
   */
  Optional<String> room(String key) {
    return known(key).flatMap(Practitioner::meetingRoom);
  }

  private Optional<Practitioner> known(String key) {
    return kept.get(key, () -> CompletableFuture.completedFuture(canvas.practitioner(key))).join();
  }

  private static Licences licences(
      clinic.scheduling.core.practice.Practitioner who, Optional<Practitioner> found) {
    return found.map(one -> Licences.of(one, who.licences())).orElseGet(Licences::none);
  }
}
