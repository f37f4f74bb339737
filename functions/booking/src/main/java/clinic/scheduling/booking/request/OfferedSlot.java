package clinic.scheduling.booking.request;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Modality;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.practice.VisitType;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.token.SlotToken;
import java.time.Instant;
import java.util.Optional;

/**
 * A slot that {@code GET /slots} has offered and signed, with what the practice document says about
 * it.
 *
 * @param expired whether the offer has run out
 */
public record OfferedSlot(
    SlotToken slot, boolean expired, VisitType visit, Location place, Practitioner practitioner) {

  /**
   * @throws ProblemException if the slot is forged, or names a visit type, location or clinician
   *     that the practice document no longer has
   */
  public static OfferedSlot read(String text, Practice practice, SignedTokens tokens) {
    return SlotToken.read(text, tokens)
        .fold(
            slot -> of(slot, false, practice),
            slot -> of(slot, true, practice),
            () -> {
              throw invalid("Send a slot as GET /slots gave it.");
            });
  }

  private static OfferedSlot of(SlotToken slot, boolean expired, Practice practice) {
    Optional<VisitType> visit = practice.visitType(slot.visit());
    Optional<Location> place = practice.location(slot.location());
    Optional<Practitioner> practitioner = practice.practitionerByCanvasId(slot.practitioner());
    if (visit.isEmpty() || place.isEmpty() || practitioner.isEmpty()) {
      throw invalid("Ask for slots again; the practice has changed.");
    }
    return new OfferedSlot(slot, expired, visit.get(), place.get(), practitioner.get());
  }

  private static ProblemException invalid(String detail) {
    return Problem.of(ProblemType.INVALID_SLOT, detail).asException();
  }

  /** The time with the buffers of its visit type. */
  public Interval withBuffers() {
    return slot.time().widened(visit.bufferBefore(), visit.bufferAfter());
  }

  /** Whether the offer has run out, or the visit would begin sooner than its type allows. */
  public boolean isNoLongerBookable(Instant now) {
    return expired || slot.start().isBefore(now.plus(visit.minimumNotice()));
  }

  public boolean isVideo() {
    return visit.modality() == Modality.VIDEO;
  }
}
