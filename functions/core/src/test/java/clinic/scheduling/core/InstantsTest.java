package clinic.scheduling.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@link Instants} reads and writes instants exactly as java.time does, and refuses what java.time
 * refuses.
 */
class InstantsTest {
  private static final int TEXTS = 20_000;
  private static final String LETTERS = "0123456789:-+.TZtz ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-23T09:00:00Z",
        "2026-11-23T09:00:00-08:00",
        "2026-11-23T09:00:00+05:45",
        "2026-11-23T09:00:00-03:30",
        "2026-11-23T09:00:00-00:00",
        "2026-11-23T09:00:00-00:30",
        "2026-11-23T09:00:00+18:00",
        "2026-11-23T09:00:00+18:01",
        "2026-11-23T09:00:00+17:60",
        "2026-11-23T09:00:00.1Z",
        "2026-11-23T09:00:00.123456+00:00",
        "2026-11-23T09:00:00.123456789Z",
        "2026-11-23T09:00:00.1234567890Z",
        "2026-11-23T09:00:00.Z",
        "2026-11-23T09:00:00.-08:00",
        "2026-11-23T09:00Z",
        "2026-11-23T09:00:00",
        "2026-11-23T09:00:00.5",
        "2026-11-23T09:00:00Zz",
        "2026-11-23T09:00:00z",
        "2026-11-23t09:00:00Z",
        "2026-11-23T09:00:00+0800",
        "2026-11-23T09:00:00+08",
        "2026-11-23T09:00:00+08:00:30",
        "2026-11-23T24:00:00Z",
        "2026-11-23T23:59:60Z",
        "2026-02-29T09:00:00Z",
        "2028-02-29T09:00:00Z",
        "2026-13-01T09:00:00Z",
        "2026-00-01T09:00:00Z",
        "0000-01-01T00:00:00Z",
        "+12026-11-23T09:00:00Z",
        "-0001-11-23T09:00:00Z",
        "٢٠٢٦-11-23T09:00:00Z",
        " 2026-11-23T09:00:00Z",
        "2026-11-23T09:00:00Z ",
        "2026-11-23",
        ""
      })
  void asJavaTime(String text) {
    assertThat(read(text, Instants::parse)).isEqualTo(read(text, InstantsTest::expected));
  }

  @Test
  void whateverTheInstantAndTheOffset() {
    Random random = new Random(Seed.of(InstantsTest.class));
    for (int count = 0; count < TEXTS; count++) {
      Instant at =
          Instant.ofEpochSecond(
                  (random.nextBoolean() ? 1 : 60L) * random.nextInt(),
                  random.nextBoolean() ? 0 : random.nextInt(1_000))
              .plusMillis(random.nextBoolean() ? 0 : random.nextInt(1_000));
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2_161) - 1_080));
      assertThat(Instants.parse(at.toString())).isEqualTo(at);
      assertThat(Instants.parse(at.atOffset(offset).toString())).isEqualTo(at);
      ZoneId zone = random.nextBoolean() ? offset : ZoneId.of("America/Los_Angeles");
      assertThat(Instants.text(at, zone))
          .isEqualTo(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(zone)));
    }
  }

  @Test
  void whateverWasSpoilt() {
    Random random = new Random(Seed.of(InstantsTest.class));
    for (int count = 0; count < TEXTS; count++) {
      StringBuilder text = new StringBuilder("2026-11-23T09:00:00.250-08:00");
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(text.length());
        char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, letter);
          case 1 -> text.insert(at, letter);
          default -> text.deleteCharAt(at);
        }
      }
      asJavaTime(text.toString());
    }
  }

  private static Instant expected(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  private static Optional<Instant> read(String text, Function<String, Instant> reader) {
    try {
      return Optional.of(reader.apply(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
