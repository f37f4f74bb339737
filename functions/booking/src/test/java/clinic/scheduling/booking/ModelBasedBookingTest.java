package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Patients and staff act, Canvas fails and processes die in random order. At all times, patients
 * see what Canvas has, we double-book no clinician, and no visit is lost or belongs to no request.
 * {@code -Dseed} with {@code -Dbegin} replays a sequence, as the first one.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class ModelBasedBookingTest extends BookingCase {
  private static final int SEQUENCES = 1_000;
  private static final int MOST_FAILURES = 5;

  @Inject Offers offers;
  @Inject Mortality life;

  @BeforeEach
  void saveSockets() {
    straight.open(sandbox);
  }

  @AfterEach
  void clear() {
    life.live();
  }

  @Test
  void patientsHoldsAndCanvasAgreeAfterEverySequence() {
    Stage stage = new Stage(calls, desk, offers, sandbox, rows, clock, changes, life);
    HardStates hard = new HardStates();
    long seed = Long.getLong("seed", System.nanoTime());
    Instant begin =
        Optional.ofNullable(System.getProperty("begin"))
            .map(Instant::parse)
            .orElseGet(Instant::now);
    Instant started = Instant.now();
    List<String> failures = new ArrayList<>();
    for (int sequence = 0; sequence < SEQUENCES && failures.size() < MOST_FAILURES; sequence++) {
      play(new RandomSequence(stage, seed + sequence, hard), seed + sequence, begin)
          .ifPresent(failures::add);
    }
    System.out.printf(
        "seed %d: %d sequences in %d s, reached %s%n",
        seed, SEQUENCES, Duration.between(started, Instant.now()).toSeconds(), hard);
    assertThat(failures).isEmpty();
    assertThat(hard.missing()).as("seed " + seed).isEmpty();
  }

  private static Optional<String> play(RandomSequence days, long seed, Instant begin) {
    try {
      days.run(begin);
      return Optional.empty();
    } catch (AssertionError | RuntimeException e) {
      StringWriter reason = new StringWriter();
      e.printStackTrace(new PrintWriter(reason));
      String replay = "replay with -Dseed=%d -Dbegin=%s".formatted(seed, begin);
      return Optional.of(String.join("\n", replay, days.trace(), reason.toString()));
    }
  }
}
