package clinic.scheduling.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DisplayName("Senders inside Canvas, skipped without Python 3.9 or newer")
class SendersRunByPythonTest extends SenderCase {
  @Inject ObjectMapper mapper;
  private Senders senders;

  @BeforeEach
  void findPython() {
    senders = Senders.orSkip();
  }

  @Test
  void everyRequestThatTheyMakeNowIsTaken() throws IOException {
    clock.set(Instant.now());

    JsonNode made = mapper.readTree(senders.run(Keys.OF_SENDERS, "golden.py"));

    System.out.println("the senders ran with " + made.path("which").asText());
    assertAllTaken(made.path("requests"));
  }

  @Test
  void theyPassTheirOwnTests() {
    String report = senders.run(Keys.OF_SENDERS, "-m", "unittest", "discover", "-s", ".");

    System.out.println(report);
    assertThat(report).containsPattern("Ran [1-9][0-9]+ tests").contains("\nOK");
  }
}
