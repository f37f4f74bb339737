package clinic.scheduling.booking;

import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** The example practice with one change. */
final class Practices {
  private Practices() {}

  static Practice with(Practice.Limits limits) {
    String json =
        """
        "limits": {"requestsPerMinute": %d, "manageRequestsPerMinute": %d,
          "attemptsPerContactPerHour": %d, "bookingsPerPatientPerDay": %d,
          "openBookingsPerPatient": %d, "lookupsPerMinute": %d,
          "formHoldsPerAddress": %d}"""
            .formatted(
                limits.requestsPerMinute(),
                limits.manageRequestsPerMinute(),
                limits.attemptsPerContactPerHour(),
                limits.bookingsPerPatientPerDay(),
                limits.openBookingsPerPatient(),
                limits.lookupsPerMinute(),
                limits.formHoldsPerAddress());
    return PracticeReader.read(example().replaceFirst("\"limits\": \\{[^}]*}", json));
  }

  /** The example practice with one text replaced by another. */
  static Practice renamed(String what, String to) {
    return PracticeReader.read(example().replace(what, to));
  }

  /** The example practice with any change of its text. */
  static Practice changed(UnaryOperator<String> change) {
    return PracticeReader.read(change.apply(example()));
  }

  static Practice withBuffers(Duration before, Duration after) {
    return PracticeReader.read(
        example()
            .replace("\"bufferBeforeMinutes\": 0", "\"bufferBeforeMinutes\": " + before.toMinutes())
            .replace("\"bufferAfterMinutes\": 0", "\"bufferAfterMinutes\": " + after.toMinutes()));
  }

  /**
   * The example practice, but meetings block time.
   *
   * @param rules further members of the rules for meetings
   */
  static Practice withMeetings(String rules) {
    String meetings =
        "{\"meetings\": {\"eventType\": {\"system\": \"INTERNAL\", \"code\": \"BUSY\"}%s},"
            .formatted(rules.isEmpty() ? "" : ", " + rules);
    return PracticeReader.read(
        example()
            .replace("\"direction\": \"from-canvas\"", "\"direction\": \"both\"")
            .replaceFirst("\\{", meetings));
  }

  private static String example() {
    try {
      return Files.readString(Path.of("../../infra/practice.example.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
