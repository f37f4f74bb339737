package clinic.scheduling.confirmations.render;

import clinic.scheduling.confirmations.render.Translations.Translation;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.MessageText;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a patient may be told of a visit, and no more: neither reason nor kind nor specialty.
 *
 * @param zone in which times are written
 * @param clinician the name, if the practice wants it told
 * @param manageUrl where the patient can move or cancel the visit
 */
public record Visit(
    Interval time, ZoneId zone, Meeting meeting, Optional<String> clinician, String manageUrl) {

  /** How patient and clinician meet. */
  public sealed interface Meeting {

    /** Where the visit takes place, in words. */
    String where(Translation words);

    /** The address to open, if the meeting has one. */
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

    /** By video. If we have no link, the clinic sends one separately. */
    record ByVideo(Optional<String> link) implements Meeting {
      @Override
      public String where(Translation words) {
        return words.text(
            link.isPresent() ? MessageText.WHERE_VIDEO : MessageText.WHERE_VIDEO_WITHOUT_LINK);
      }
    }

    /** The clinic calls. */
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
