package clinic.scheduling.confirmations;

import clinic.scheduling.confirmations.render.Samples;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * A practice that reminds patients itself, keeps quiet at night, and writes messages into charts.
 */
public final class Strict implements QuarkusTestProfile {
  static final String NAME = "strict";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("test.practice", NAME);
  }

  public static Practice practice() {
    return PracticeReader.read(
        Samples.practiceJson()
            .replace("\"canvasReminders\": true", "\"canvasReminders\": false")
            .replace(
                "\"quietHours\": {\"from\": \"00:00\", \"to\": \"00:00\"}",
                "\"quietHours\": {\"from\": \"20:00\", \"to\": \"08:00\"}")
            .replace("\"smsPerDay\": 1000", "\"smsPerDay\": 1")
            .replace(
                "\"smsPerWeek\": 1000",
                "\"smsPerWeek\": 3, \"smsReplies\": true, \"chart\": true,"
                    + " \"silent\": [\"practitioner-changed\"]"));
  }
}
