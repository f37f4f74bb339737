package clinic.scheduling.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import clinic.scheduling.canvas.TricklingCanvas.Slow;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.sandbox.canvas.CanvasExamples;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A call ends in time and closes its connection, however slowly the bytes of the response arrive.
 */
@QuarkusTest
@QuarkusTestResource(value = TricklingCanvas.class, restrictToAnnotatedClass = true)
@Timeout(8)
class AnswersEndTest {
  /** The time-outs for connecting and reading, 400 ms each, and 700 ms for a busy machine. */
  private static final Duration LONGEST = Duration.ofMillis(800 + 700);

  @Inject Canvas canvas;
  @Inject ObjectMapper mapper;
  private long began;

  @BeforeEach
  void begin() {
    TricklingCanvas.CALLS.set(0);
    TricklingCanvas.GIVEN_UP.set(0);
    began = System.nanoTime();
  }

  @AfterEach
  void isOverInTimeAndOnce() {
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONGEST);
    assertThat(TricklingCanvas.CALLS).hasValue(1);
    await().atMost(Duration.ofSeconds(15)).until(() -> TricklingCanvas.GIVEN_UP.get() == 1);
  }

  @ParameterizedTest
  @EnumSource(Slow.class)
  void aReadIsUnavailable(Slow slow) {
    TricklingCanvas.SLOW.set(slow);

    assertThatThrownBy(() -> canvas.schedules()).isInstanceOf(UnavailableException.class);
  }

  @ParameterizedTest
  @EnumSource(Slow.class)
  void aWriteIsUnknownAndMayStillLand(Slow slow) throws Exception {
    TricklingCanvas.SLOW.set(slow);
    Appointment appointment =
        mapper.treeToValue(CanvasExamples.number(13).body(), Appointment.class);

    WriteOutcome outcome = canvas.create(appointment);

    assertThat(outcome)
        .isEqualTo(new WriteOutcome.Unknown(Duration.ofSeconds(5), Duration.ofSeconds(30)));
  }
}
