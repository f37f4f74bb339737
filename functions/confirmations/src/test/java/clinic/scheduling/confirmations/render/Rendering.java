package clinic.scheduling.confirmations.render;

import clinic.scheduling.confirmations.contact.ReachableChannels.Recipient;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.render.Translations.Translation;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.Change;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Writes one mail with its invitation, and one text message, as the function does. The benchmark
 * measures it.
 */
public final class Rendering {
  private static final String LINK = "https://book.example.invalid/m/7xKq2mVb9TzRd";

  private final Practice practice;
  private final ComposeMessage compose;
  private final Translation words;
  private final Visit visit;

  public Rendering(Practice practice, Clock clock) {
    this.practice = practice;
    this.compose = SimulatedTemplates.composeMails(practice, clock, "https://book.example.invalid");
    this.words = new Translation("es", LanguageFile.read("es").orElseThrow());
    this.visit =
        new Visit(
            Interval.of(Instant.parse("2027-03-16T21:30:00Z"), Duration.ofMinutes(30)),
            ZoneId.of("America/Los_Angeles"),
            new Visit.Meeting.AtClinic("Harbor Clinic", Optional.of("1 Pier St, Harborview, CA")),
            Optional.of("Ingrid Testwell MD"),
            "https://book.example.invalid/#/manage/1?token=" + "t".repeat(120));
  }

  /**
   * Writes the mail and returns its length. The benchmark uses the length, so the JVM cannot skip
   * the work.
   */
  public int mail(int number) {
    MessageRequest request =
        new MessageRequest(
            "visit-" + number,
            new MessageRequest.About.Numbered(number),
            Change.MOVED,
            "visit",
            "visit");
    return compose
        .mail(
            request,
            MessageKind.MOVED,
            visit,
            Phi.of("Avery"),
            words,
            new Recipient.At(Phi.of("avery@example.invalid"), "0".repeat(32)))
        .mime()
        .length;
  }

  public int text() {
    return SmsText.of(MessageKind.MOVED, visit, LINK, practice, words).length();
  }
}
