package clinic.scheduling.benchmark.calendars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log lines of one visit are combined, without lines of others. */
class MirroredVisitTest {
  @TempDir Path folder;

  @Test
  void theCallsOfEachVisitAreAddedUp() throws IOException {
    Path log =
        Files.write(
            folder.resolve("log"),
            List.of(
                "Started",
                line(1, "a", "canvas resource=Appointment status=200 ms=20 id=x"),
                line(2, "b", "canvas resource=Appointment status=200 ms=99 id=x"),
                line(3, "a", "calendar-called binding=outlook-1 ms=21"),
                line(4, "a", "calendar-called binding=google-1 ms=22"),
                line(5, "a", "planned verdict=SHOWN effects=2"),
                line(6, "a", "synced visit=a fate=WORKED"),
                line(7, "a", "canvas resource=Appointment status=200 ms=1 id=x")));

    assertThat(MirroredVisit.of(List.of(log)))
        .containsExactly(
            new MirroredVisit(
                "a", 63, List.of("outlook-1", "google-1"), Instant.parse("2027-03-01T12:00:06Z")));
  }

  private static String line(int second, String visit, String words) {
    return "{\"timestamp\":\"2027-03-01T12:00:0%dZ\",\"message\":\"%s\",\"mdc\":{\"appointment\":\"%s\"}}"
        .formatted(second, words, visit);
  }
}
