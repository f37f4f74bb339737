package clinic.scheduling.simulation;

import clinic.scheduling.simulation.Clinic.Version;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a message says has happened, in words of mails and texts, said once more without the code
 * that is looked at: the step from what its patient last heard to how the visit stands.
 */
enum Step {
  BOOKED("is booked", "are booked"),
  MOVED("has moved", "is now"),
  HANDED_OVER("is with somebody else", "is with another"),
  PLACE("has a new place"),
  LINK("has a new link"),
  SEVERAL("has changed"),
  CANCELLED("is cancelled"),
  RESTORED("takes place after all");

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("EEE MMM d, h:mm a zzz", Locale.US)
          .withZone(ZoneId.of("America/Los_Angeles"));

  private final List<String> words;

  Step(String... words) {
    this.words = List.of(words);
  }

  /**
   * @param before what the patient heard last; empty if nothing
   */
  static Step to(Version now, Optional<Version> before) {
    if (now.isGone()) {
      return CANCELLED;
    }
    if (before.isEmpty()) {
      return BOOKED;
    }
    return before.get().isGone() ? RESTORED : between(before.get(), now);
  }

  private static Step between(Version before, Version now) {
    if (before.start() != now.start()) {
      return MOVED;
    }
    boolean clinician = before.practitioner() != now.practitioner();
    boolean place = now.type() == World.OFFICE && before.place() != now.place();
    boolean link = now.type() == World.VIDEO && before.link() != now.link();
    if ((clinician ? 1 : 0) + (place ? 1 : 0) + (link ? 1 : 0) != 1) {
      return SEVERAL;
    }
    return clinician ? HANDED_OVER : place ? PLACE : LINK;
  }

  /** Whether this is what the message says, and of that time. */
  boolean isSaid(String message, Version now) {
    return words.stream().anyMatch(message::contains)
        && message.contains(WHEN.format(Instant.ofEpochMilli(now.start())));
  }
}
