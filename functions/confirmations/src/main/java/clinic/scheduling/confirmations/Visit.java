package clinic.scheduling.confirmations;

import clinic.scheduling.core.Interval;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a patient may be told of a visit, and no more: neither reason nor kind nor specialty.
 *
 * @param zone in which times are written
 * @param clinician the name, if the practice wants it told
 * @param manageUrl where the patient can move or cancel the visit
 */
record Visit(
    Interval time, ZoneId zone, Meeting meeting, Optional<String> clinician, String manageUrl) {

  /** How patient and clinician meet. */
  sealed interface Meeting {

    /** At a place of the practice. */
    record AtClinic(String name, Optional<String> address) implements Meeting {}

    /** On a screen; without a link of its own the clinic sends one. */
    record ByVideo(Optional<String> link) implements Meeting {}

    /** The clinic calls. */
    record ByPhone() implements Meeting {}

    /** Where the patient lives; the address is theirs and is not told back to them. */
    record AtHome() implements Meeting {}
  }
}
