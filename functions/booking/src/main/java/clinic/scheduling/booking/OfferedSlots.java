package clinic.scheduling.booking;

import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.practice.VisitType;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.token.SlotToken;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Reads slot values that {@code GET /slots} signed. */
@Singleton
class OfferedSlots {
  private final Practice practice;
  private final SignedTokens tokens;

  OfferedSlots(Practice practice, SignedTokens tokens) {
    this.practice = practice;
    this.tokens = tokens;
  }

  /**
   * @throws clinic.scheduling.core.http.Problem.ProblemException if it is forged, or names what the
   *     practice no longer has
   */
  OfferedSlot read(String slot) {
    return SlotToken.read(slot, tokens)
        .fold(
            offered -> known(offered, false),
            expired -> known(expired, true),
            () -> {
              throw Problem.of(ProblemType.INVALID_SLOT, "Send a slot as GET /slots gave it.")
                  .asException();
            });
  }

  private OfferedSlot known(SlotToken slot, boolean tooOld) {
    Optional<VisitType> visit = practice.visitType(slot.visit());
    Optional<Location> place = practice.location(slot.location());
    Optional<Practitioner> who = practice.practitionerByCanvasId(slot.practitioner());
    if (visit.isEmpty() || place.isEmpty() || who.isEmpty()) {
      throw Problem.of(ProblemType.INVALID_SLOT, "Ask for slots again; the practice has changed.")
          .asException();
    }
    return new OfferedSlot(slot, tooOld, visit.get(), place.get(), who.get());
  }
}
