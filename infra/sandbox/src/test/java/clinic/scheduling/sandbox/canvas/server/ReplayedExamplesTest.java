package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.CanvasExamples;
import clinic.scheduling.sandbox.canvas.CanvasExamples.Example;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The sandbox answers each golden example of a client's request with the response of the example.
 */
class ReplayedExamplesTest {
  private static final String FIRST = "1a4f6c2e-90b3-4d57-8e21-7c6b5a493801";
  private static final String SECOND = "2b5e7d3f-a1c4-4e68-9f32-8d7c6b5a4902";

  static Stream<Example> calls() {
    return CanvasExamples.all().stream().filter(example -> !example.target().equals("subscriber"));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void theAnswerIsTheOneOfTheExample(Example example) throws Exception {
    try (RunningCanvas canvas =
        RunningCanvas.startSignedOut(worldOf(number(example)), "2027-03-15T12:00:00Z")) {
      if (number(example) != 1) {
        canvas.signIn();
      }
      given(canvas, number(example));

      RunningCanvas.Answer answer = replay(canvas, example);

      assertThat(answer.status()).as(answer.text()).isEqualTo(example.status());
      if (example.documented() || !assumesBody(example)) {
        assertBody(answer, example);
      }
      if (example.target().equals("fhir")) {
        assertThat(answer.header("fumage-correlation-id")).isNotEmpty();
      }
      Optional.ofNullable(example.responseHeaders().get("Content-Type"))
          .ifPresent(type -> assertThat(answer.header("Content-Type")).startsWith(type));
      Optional.ofNullable(example.responseHeaders().get("Location"))
          .filter(location -> number(example) < 28 || example.method().equals("POST"))
          .ifPresent(location -> assertLocation(answer, location));
    }
  }

  /** If only the status of an example is certain, its body is not compared. */
  private static boolean assumesBody(Example example) {
    return example.evidence().contains("assumed") && !example.evidence().contains("(links)");
  }

  private static void assertBody(RunningCanvas.Answer answer, Example example) {
    if (example.responseBody().isNull()) {
      assertThat(answer.text()).isEqualTo("null");
    } else if (example.responseBody().isTextual()) {
      assertThat(answer.text()).isEqualTo(example.responseBody().asText());
    } else {
      assertThat(answer.json().toPrettyString())
          .isEqualToNormalizingNewlines(sorted(example, answer));
    }
  }

  /**
   * The expected text if both trees are equal; otherwise the actual one, so that the difference is
   * readable.
   */
  private static String sorted(Example example, RunningCanvas.Answer answer) {
    return example.responseBody().equals(answer.json())
        ? answer.json().toPrettyString()
        : example.responseBody().toPrettyString();
  }

  private static void assertLocation(RunningCanvas.Answer answer, String expected) {
    String path = expected.replaceAll("https?://[^/]+", "");
    assertThat(answer.header("Location")).endsWith(path);
  }

  private static RunningCanvas.Answer replay(RunningCanvas canvas, Example example)
      throws Exception {
    return canvas.send(
        example.method(), "/canvas" + example.path(), example.bodyText(), example.headers());
  }

  private static World worldOf(int number) {
    if (number == 12) {
      return World.examples().withoutPatients();
    }
    World world =
        World.examples()
            .foretelling(
                "Note",
                "c41d2e5f-6a7b-4c8d-9e0f-1a2b3c4d5e01",
                "d52e3f60-7b8c-4d9e-8f10-2b3c4d5e6f02",
                "e63f4071-8c9d-4eaf-9021-3c4d5e6f7a03");
    return switch (number) {
      case 14 -> world.foretelling("Appointment", SECOND);
      case 15 -> world.foretelling("Appointment", "3c6f8e40-b2d5-4f79-a043-9e8d7c6b5a03");
      case 21 -> world.foretelling("Appointment", "4d709f51-c3e6-4a8a-b154-af9e8d7c6b04");
      case 34, 35 ->
          world.foretelling("Appointment", FIRST, SECOND, "5e81a062-d4f7-4b9b-8265-b0af9e8d7c05");
      default -> world;
    };
  }

  private static void given(RunningCanvas canvas, int number) throws Exception {
    for (int before : before(number)) {
      replay(canvas, CanvasExamples.number(before));
    }
    if (number == 25 || number == 26) {
      canvas.canvas.frontDesk().confirm(SECOND);
    }
    if (number == 16 || number == 29) {
      canvas.canvas.toggles().set(Toggle.DOUBLE_BOOKING, false);
    }
    if (number == 21) {
      canvas
          .canvas
          .toggles()
          .set(Toggle.LOCATION_BASE, "http://fumage-example.canvasmedical.com")
          .set(Toggle.LOCATION_HISTORY, true)
          .set(Toggle.WRITE_BODY, "null");
    }
    if (number == 34 || number == 35) {
      canvas
          .canvas
          .frontDesk()
          .reschedule(
              SECOND, Instant.parse("2027-03-18T20:15:00Z"), Optional.empty(), Optional.empty());
    }
    if (number == 40) {
      canvas.canvas.faults().add(Fault.status(500, "GET", "/Practitioner"));
    }
    canvas.clock.advance(Duration.ofSeconds(1));
  }

  private static List<Integer> before(int number) {
    return switch (number) {
      case 16, 22, 24, 28, 31, 32, 33, 36, 41 -> List.of(13);
      case 25, 26 -> List.of(13, 14, 15);
      case 29, 34, 35 -> List.of(13, 14);
      case 30 -> List.of(13, 28);
      case 39 -> List.of(2);
      default -> List.of();
    };
  }

  private static int number(Example example) {
    return Integer.parseInt(example.name().substring(0, 2));
  }
}
