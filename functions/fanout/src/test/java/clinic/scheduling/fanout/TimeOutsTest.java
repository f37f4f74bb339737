package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.OutsideWorld;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every call outside times out before the invocation does. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class TimeOutsTest {

  @ParameterizedTest
  @CsvSource({
    "canvas, 3000",
    "canvas-auth, 3000",
    "graph-token, 3000",
    "google, 4000",
    "google-token, 3000"
  })
  void thisFunctionsOwnTimeOutsComeBeforeSharedOnes(String client, long milliseconds) {
    assertThat(value("quarkus.rest-client." + client + ".read-timeout", Long.class))
        .isEqualTo(milliseconds);
  }

  @Test
  void theStoreAndTheQueuesAreAskedAgainWithinFiveSeconds() {
    for (String client : new String[] {"dynamodb", "sqs"}) {
      assertThat(value("quarkus." + client + ".api-call-timeout", Duration.class))
          .isEqualTo(Duration.ofSeconds(5));
      assertThat(value("quarkus." + client + ".api-call-attempt-timeout", Duration.class))
          .isEqualTo(Duration.ofSeconds(2));
    }
  }

  private static <T> T value(String key, Class<T> type) {
    return ConfigProvider.getConfig().getValue(key, type);
  }
}
