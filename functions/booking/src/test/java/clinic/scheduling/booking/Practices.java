package clinic.scheduling.booking;

import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The practice of the example, changed in one thing. */
final class Practices {
  private Practices() {}

  static Practice with(Practice.Limits limits) {
    String json =
        """
        "limits": {"requestsPerMinute": %d, "manageRequestsPerMinute": %d,
          "attemptsPerContactPerHour": %d, "bookingsPerPatientPerDay": %d,
          "openBookingsPerPatient": %d}"""
            .formatted(
                limits.requestsPerMinute(),
                limits.manageRequestsPerMinute(),
                limits.attemptsPerContactPerHour(),
                limits.bookingsPerPatientPerDay(),
                limits.openBookingsPerPatient());
    return PracticeReader.read(example().replaceFirst("\"limits\": \\{[^}]*}", json));
  }

  /** A practice that has this no longer, but something else instead. */
  static Practice renamed(String what, String to) {
    return PracticeReader.read(example().replace(what, to));
  }

  private static String example() {
    try {
      return Files.readString(Path.of("../../infra/practice.example.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
