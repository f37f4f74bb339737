package clinic.scheduling.confirmations.render;

import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.render.Translations.Translation;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.wiring.LambdaFunction;
import clinic.scheduling.core.wiring.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Warns at start about text messages that do not fit into one part of 7-bit characters. The reason
 * may be the clinic's name, a wording in the practice document or the length of the API's address.
 * Each warning shows an example of the text, which contains no patient data.
 */
@Singleton
final class WarnOfLongTexts implements LambdaFunction {
  private static final Instant EXAMPLE = Instant.parse("2026-09-23T20:30:00Z");
  private static final String EXAMPLE_LINK_PATH = "/m/7xKq2mVb9TzRd";

  private final Log log = Log.of(WarnOfLongTexts.class);

  @Inject
  WarnOfLongTexts(Practice practice, Translations languages, Settings.PublicApi api) {
    if (practice.messages().channels().contains(Channel.SMS.word())) {
      languages.all().forEach(words -> check(practice, words, api.url() + EXAMPLE_LINK_PATH));
    }
  }

  /** Logs one warning for the language at most, about the first text that is too long. */
  private void check(Practice practice, Translation words, String link) {
    Visit visit = example(practice);
    Arrays.stream(MessageKind.values())
        .map(kind -> SmsText.of(kind, visit, link, practice, words))
        .filter(text -> !Gsm7.fits(text, 1))
        .findFirst()
        .ifPresent(text -> warn(words.language(), text));
  }

  private void warn(String language, String text) {
    List<String> foreign = Gsm7.foreign(text);
    log.warn(
        "sms-in-parts",
        "language",
        language,
        "not-in-the-alphabet",
        foreign,
        "text",
        "'" + text + "'");
  }

  private static Visit example(Practice practice) {
    return new Visit(
        Interval.of(EXAMPLE, Duration.ofMinutes(30)),
        practice.locations().get(0).zone(),
        new Visit.Meeting.ByPhone(),
        Optional.empty(),
        "");
  }
}
