package clinic.scheduling.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The function accepts the checked-in requests, which the senders' own tests produce. */
@QuarkusTest
class SendersInsideCanvasTest extends SenderCase {
  @Inject ObjectMapper mapper;

  @Test
  void everyCheckedInRequestIsTaken() throws IOException {
    JsonNode golden = mapper.readTree(Senders.TESTS.resolve("golden.json").toFile());
    clock.set(Instant.ofEpochSecond(golden.path("seconds").asLong()));
    assertThat(golden.path("secret").asText()).isEqualTo(Keys.OF_SENDERS);

    assertAllTaken(golden.path("requests"));
  }
}
