package clinic.scheduling.upkeep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.upkeep.TaskRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A window consists of whole local days, also of those with 23 or 25 hours. */
class WindowTest {
  private final String document;

  WindowTest() throws IOException {
    document = Files.readString(Path.of("../../infra/practice.example.json"));
  }

  @Test
  void usuallyFromYesterdayAsFarAsAnythingCanBeBooked() {
    Interval window = window(practice(""), null, null, "2027-02-10T07:30:00Z");

    // In Los Angeles it is still the ninth; the booking window is sixty days.
    assertThat(window.start()).isEqualTo("2027-02-08T08:00:00Z");
    assertThat(window.end()).isEqualTo("2027-04-11T07:00:00Z");
  }

  @Test
  void thePracticeMaySayHowFar() {
    Practice practice = practice("\"reconciliation\": {\"daysBack\": 0, \"daysAhead\": 2},");
    Interval window = window(practice, null, null, "2027-02-10T18:00:00Z");

    assertThat(window.start()).isEqualTo("2027-02-10T08:00:00Z");
    assertThat(window.length()).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void theDayOf23HoursIsLookedAtWholly() {
    Interval window = window(practice(""), "2027-03-14", "2027-03-14", "2027-02-10T18:00:00Z");

    assertThat(window.start()).isEqualTo("2027-03-14T08:00:00Z");
    assertThat(window.end()).isEqualTo("2027-03-15T07:00:00Z");
  }

  @Test
  void theDayOf25HoursIsLookedAtWholly() {
    Interval window = window(practice(""), "2027-11-07", "2027-11-07", "2027-02-10T18:00:00Z");

    assertThat(window.start()).isEqualTo("2027-11-07T07:00:00Z");
    assertThat(window.end()).isEqualTo("2027-11-08T08:00:00Z");
  }

  @Test
  void aDayInThePastCanBeAskedForAlone() {
    Interval window = window(practice(""), null, "2027-01-02", "2027-01-02T20:00:00Z");

    assertThat(window.start()).isEqualTo("2027-01-01T08:00:00Z");
    assertThat(window.end()).isEqualTo("2027-01-03T08:00:00Z");
  }

  @Test
  void moreThanCanBeReadIsRefused() {
    assertThatThrownBy(
            () -> window(practice(""), "2027-01-01", "2028-12-31", "2027-01-01T00:00:00Z"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("400 days");
    assertThatThrownBy(() -> window(practice(""), null, "2026-01-01", "2027-01-01T00:00:00Z"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Practice practice(String more) {
    return PracticeReader.read(document.replaceFirst("\\{", "{" + more));
  }

  private static Interval window(Practice practice, String from, String to, String now) {
    TaskRequest request =
        new TaskRequest("reconcile", Optional.empty(), day(from), day(to), false, false);
    return Window.of(request, practice, Instant.parse(now));
  }

  private static Optional<LocalDate> day(String text) {
    return Optional.ofNullable(text).map(LocalDate::parse);
  }
}
