package clinic.scheduling.booking;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.token.SlotToken;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** What has to be true of a slot at the moment of booking, asked of Canvas and not of a cache. */
@Singleton
class SlotChecks {
  private final Canvas canvas;
  private final Clinicians clinicians;
  private final Clock clock;

  SlotChecks(Canvas canvas, Clinicians clinicians, Clock clock) {
    this.canvas = canvas;
    this.clinicians = clinicians;
    this.clock = clock;
  }

  /** Whether the offer of this slot, or the notice that it needs, has run out. */
  boolean isTooLate(OfferedSlot offered) {
    Instant earliest = clock.instant().plus(offered.visit().minimumNotice());
    return offered.tooOld() || offered.slot().start().isBefore(earliest);
  }

  /** Whether Canvas would still offer this time. */
  boolean isStillFree(SlotToken slot, Location place) {
    LocalDate day = LocalDate.ofInstant(slot.start(), place.zone());
    return canvas.slots(slot.schedule(), day.minusDays(1), day.plusDays(1), slot.minutes()).stream()
        .flatMap(free -> free.freeTimeIn(slot.schedule()).stream())
        .anyMatch(slot.time()::equals);
  }

  /** In person the clinic's state counts, otherwise the state where the patient will be. */
  boolean isLicensed(BookingCommand wish) {
    OfferedSlot offered = wish.offered();
    Optional<String> state =
        offered.visit().modality().atClinic()
            ? offered.place().state()
            : Optional.of(wish.request().patient().state());
    return state
        .map(
            where ->
                clinicians
                    .licences(offered.practitioner())
                    .allow(where, offered.slot().time(), offered.place().zone()))
        .orElse(false);
  }
}
