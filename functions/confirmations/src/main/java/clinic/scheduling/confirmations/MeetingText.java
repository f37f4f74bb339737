package clinic.scheduling.confirmations;

import java.util.Optional;

/** Where a visit takes place, in words. */
final class MeetingText {
  private MeetingText() {}

  static String where(Visit.Meeting meeting) {
    if (meeting instanceof Visit.Meeting.AtClinic clinic) {
      return clinic.address().map(address -> clinic.name() + ", " + address).orElse(clinic.name());
    }
    if (meeting instanceof Visit.Meeting.ByVideo video) {
      return video.link().isPresent()
          ? "Video visit"
          : "Video visit; the link comes from the clinic";
    }
    return meeting instanceof Visit.Meeting.ByPhone ? "By phone: we call you" : "At your home";
  }

  static Optional<String> link(Visit.Meeting meeting) {
    return meeting instanceof Visit.Meeting.ByVideo video ? video.link() : Optional.empty();
  }
}
