package clinic.scheduling.core.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The practice document sets the limits of reconciliation, within limits of our own. */
class ReconciliationTest {
  private final String document;

  ReconciliationTest() throws IOException {
    document = Files.readString(Path.of("../../infra/practice.example.json"));
  }

  @Test
  void whatIsNotSaidIsUsual() {
    assertThat(read("{}")).isEqualTo(new Reconciliation(1, 0, 5, 20, 25, 5, 20, 25));
  }

  @Test
  void everyFieldIsRead() {
    String all =
        """
        {"daysBack": 0, "daysAhead": 366, "fewRemovals": 0, "mostRemovals": 3,
         "mostRemovalsPercent": 100, "fewMessages": 1, "mostMessages": 7,
         "mostMessagesPercent": 9}
        """;

    assertThat(read(all)).isEqualTo(new Reconciliation(0, 366, 0, 3, 100, 1, 7, 9));
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThatThrownBy(
            () -> read("{\"daysBack\": -1, \"mostRemovalsPercent\": 101, \"force\": true}"))
        .isInstanceOf(BadPracticeException.class)
        .hasMessageContaining("reconciliation.daysBack")
        .hasMessageContaining("reconciliation.mostRemovalsPercent")
        .hasMessageContaining("reconciliation.force");
  }

  private Reconciliation read(String json) {
    String with = document.replaceFirst("\\{", "{\"reconciliation\": " + json + ",");
    return PracticeReader.read(with).reconciliation();
  }
}
