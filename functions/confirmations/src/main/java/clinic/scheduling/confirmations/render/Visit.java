package clinic.scheduling.confirmations.render;

import clinic.scheduling.confirmations.render.Translations.Translation;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.MessageText;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a patient may be told about a visit. It never contains the reason for the visit, its type or
 * the specialty.
 *
 * @param zone the zone in which times are written
 * @param clinician the clinician's name; empty if the practice does not want it told
 * @param manageUrl the page on which the patient can move or cancel the visit
 */
public record Visit(
    Interval time, ZoneId zone, Meeting meeting, Optional<String> clinician, String manageUrl) {

  /** How patient and clinician meet. */
  public sealed interface Meeting {

    /** Where the visit takes place, in words. */
    String where(Translation words);

    /** The address that the patient opens for the meeting; empty if there is none. */
    default Optional<String> link() {
      return Optional.empty();
    }

    /** At a place of the practice. */
    record AtClinic(String name, Optional<String> address) implements Meeting {
      @Override
      public String where(Translation words) {
        return address.map(text -> name + ", " + text).orElse(name);
      }
    }

    /** By video. If Canvas shows no link, the clinic sends one separately. */
    record ByVideo(Optional<String> link) implements Meeting {
      @Override
      public String where(Translation words) {
        return words.text(
            link.isPresent() ? MessageText.WHERE_VIDEO : MessageText.WHERE_VIDEO_WITHOUT_LINK);
      }
    }

    /** By phone; the clinic calls the patient. */
    record ByPhone() implements Meeting {
      @Override
      public String where(Translation words) {
        return words.text(MessageText.WHERE_PHONE);
      }
    }

    /** At the patient's home. The message does not repeat the address. */
    record AtHome() implements Meeting {
      @Override
      public String where(Translation words) {
        return words.text(MessageText.WHERE_HOME);
      }
    }
  }
}
