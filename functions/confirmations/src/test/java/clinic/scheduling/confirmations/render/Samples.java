package clinic.scheduling.confirmations.render;

import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.render.Translations.Translation;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.queue.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** A practice, visits and requests for the tests. */
public final class Samples {
  public static final String PUBLIC_URL = "https://harbor.example.invalid";
  public static final String SITE_URL = "https://visits.example.invalid/harbor";
  public static final ZoneId HARBOR = ZoneId.of("America/Los_Angeles");
  public static final Visit.Meeting AT_HARBOR =
      new Visit.Meeting.AtClinic("Harbor Clinic", Optional.of("1 Pier St, Harborview, CA 90000"));
  static final String MANAGE =
      "https://book.harbor-health.example.invalid/#/manage/appt-1?token=" + "t".repeat(120);
  static final String SHORT = "https://book.example.invalid/m/7xKq2mVb9TzRd";
  private static final Path PRACTICE = Path.of("../../infra/practice.example.json");

  private Samples() {}

  public static Practice practice() {
    return PracticeReader.read(practiceJson());
  }

  static Practice practiceNamed(String name) {
    return PracticeReader.read(practiceJson().replace("Harbor Health", name));
  }

  public static Visit visit(String start, Visit.Meeting meeting) {
    return new Visit(
        Interval.of(Instant.parse(start), Duration.ofMinutes(30)),
        HARBOR,
        meeting,
        Optional.of("Ingrid Testwell MD"),
        MANAGE);
  }

  public static Visit visit() {
    return visit("2026-02-03T22:30:00Z", AT_HARBOR);
  }

  public static MessageRequest request(Change change, int sequence) {
    return new MessageRequest(
        "appt-1", new MessageRequest.About.Numbered(sequence), change, "appt-1", "bk-1");
  }

  static MessageRequest reminder() {
    return new MessageRequest(
        "appt-1",
        new MessageRequest.About.Reminder("week", 29_502_150),
        Change.REMINDER,
        "appt-1",
        "bk-1");
  }

  public static Translation words(String language) {
    return new Translation(language, LanguageFile.read(language).orElseThrow());
  }

  public static String practiceJson() {
    try {
      return Files.readString(PRACTICE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
