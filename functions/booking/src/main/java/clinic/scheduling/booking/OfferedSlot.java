package clinic.scheduling.booking;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.practice.VisitType;
import clinic.scheduling.core.token.SlotToken;

/**
 * A slot that we offered, in the words of the practice.
 *
 * @param tooOld whether the slot was offered too long ago
 */
record OfferedSlot(
    SlotToken slot, boolean tooOld, VisitType visit, Location place, Practitioner practitioner) {

  /** The time with the buffers of its visit type. */
  Interval held() {
    return slot.time().widened(visit.bufferBefore(), visit.bufferAfter());
  }
}
