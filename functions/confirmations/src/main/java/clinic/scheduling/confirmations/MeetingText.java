package clinic.scheduling.confirmations;

import clinic.scheduling.core.practice.MessageText;
import java.util.Optional;

/** Where a visit takes place, in words. */
final class MeetingText {
  private MeetingText() {}

  static String where(Visit.Meeting meeting, Translation words) {
    if (meeting instanceof Visit.Meeting.AtClinic clinic) {
      return clinic.address().map(address -> clinic.name() + ", " + address).orElse(clinic.name());
    }
    if (meeting instanceof Visit.Meeting.ByVideo video) {
      return words.text(
          video.link().isPresent()
              ? MessageText.WHERE_VIDEO
              : MessageText.WHERE_VIDEO_WITHOUT_LINK);
    }
    return words.text(
        meeting instanceof Visit.Meeting.ByPhone
            ? MessageText.WHERE_PHONE
            : MessageText.WHERE_HOME);
  }

  static Optional<String> link(Visit.Meeting meeting) {
    return meeting instanceof Visit.Meeting.ByVideo video ? video.link() : Optional.empty();
  }
}
