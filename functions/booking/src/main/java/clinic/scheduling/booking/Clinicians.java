package clinic.scheduling.booking;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.Licences;
import clinic.scheduling.core.practice.Practitioner;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What Canvas says of a clinician: licences, always asked anew, and the video room, which may be as
 * it was some minutes ago.
 */
@Singleton
class Clinicians {
  private static final Duration ROOM_KEPT = Duration.ofMinutes(5);

  private final Canvas canvas;
  private final Clock clock;
  private final ConcurrentMap<String, Room> rooms = new ConcurrentHashMap<>();

  Clinicians(Canvas canvas, Clock clock) {
    this.canvas = canvas;
    this.clock = clock;
  }

  private record Room(Optional<String> link, Instant read) {}

  /** The licences that Canvas and the practice know; none if Canvas does not know the clinician. */
  Licences licences(Practitioner practitioner) {
    return read(practitioner.canvasId())
        .map(one -> Licences.of(one, practitioner.licences()))
        .orElseGet(Licences::none);
  }

  /**
   * The clinician's own video room.
   *
   * @param key the Canvas staff key
   */
  Optional<String> room(String key) {
    Room known = rooms.get(key);
    return known != null && clock.instant().isBefore(known.read().plus(ROOM_KEPT))
        ? known.link()
        : read(key).flatMap(clinic.scheduling.canvas.fhir.Practitioner::meetingRoom);
  }

  private Optional<clinic.scheduling.canvas.fhir.Practitioner> read(String key) {
    Optional<clinic.scheduling.canvas.fhir.Practitioner> found = canvas.practitioner(key);
    rooms.put(
        key,
        new Room(
            found.flatMap(clinic.scheduling.canvas.fhir.Practitioner::meetingRoom),
            clock.instant()));
    return found;
  }
}
