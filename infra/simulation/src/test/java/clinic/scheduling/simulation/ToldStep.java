package clinic.scheduling.simulation;

import clinic.scheduling.simulation.Truth.Version;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a message must say, computed again without the tested code: the difference between what the
 * patient was last told and the current state of the visit.
 */
enum ToldStep {
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

  ToldStep(String... words) {
    this.words = List.of(words);
  }

  /**
   * @param before what the patient was last told; empty if nothing
   */
  static ToldStep to(Version now, Optional<Version> before) {
    if (now.isGone()) {
      return CANCELLED;
    }
    if (before.isEmpty()) {
      return BOOKED;
    }
    return before.get().isGone() ? RESTORED : between(before.get(), now);
  }

  private static ToldStep between(Version before, Version now) {
    if (before.start() != now.start()) {
      return MOVED;
    }
    boolean clinician = before.practitioner() != now.practitioner();
    boolean place = now.type() == SimulatedPractice.OFFICE && before.place() != now.place();
    boolean link = now.type() == SimulatedPractice.VIDEO && before.link() != now.link();
    if ((clinician ? 1 : 0) + (place ? 1 : 0) + (link ? 1 : 0) != 1) {
      return SEVERAL;
    }
    return clinician ? HANDED_OVER : place ? PLACE : LINK;
  }

  /** Whether the message says this, with the right time. */
  boolean isSaid(String message, Version now) {
    return words.stream().anyMatch(message::contains)
        && message.contains(WHEN.format(Instant.ofEpochMilli(now.start())));
  }
}
