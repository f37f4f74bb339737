package clinic.scheduling.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.sandbox.canvas.CanvasExamples;
import clinic.scheduling.sandbox.http.Handler;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever failure Canvas has, we do not guess the outcome of a call, and do not repeat a write
 * blindly.
 */
@QuarkusTest
@QuarkusTestResource(ScriptedCanvas.class)
class CanvasCallsTest {
  private static final Handler UNAUTHORIZED =
      call -> Reply.json(401, "{\"resourceType\":\"OperationOutcome\",\"issue\":[]}");
  private static final Handler NONE =
      call -> Reply.text(200, "application/fhir+json", "{\"resourceType\":\"Bundle\",\"total\":0}");

  @Inject Canvas canvas;
  @Inject CallBudget time;
  @Inject ObjectMapper mapper;

  @BeforeEach
  void forget() {
    ScriptedCanvas.forget();
  }

  @Test
  void oneTokenServesManyCalls() {
    ScriptedCanvas.answers(NONE, NONE, NONE);

    canvas.schedules();
    canvas.schedules();
    canvas.schedules();

    assertThat(ScriptedCanvas.TOKENS.get()).isLessThanOrEqualTo(1);
  }

  @Test
  void aRefusedTokenIsRenewedAndTheCallMadeOnceMore() {
    ScriptedCanvas.answers(UNAUTHORIZED, NONE);

    assertThat(canvas.schedules()).isEmpty();

    assertThat(ScriptedCanvas.CALLS).hasSize(2);
    assertThat(ScriptedCanvas.CALLS.get(0).header("authorization"))
        .isNotEqualTo(ScriptedCanvas.CALLS.get(1).header("authorization"));
  }

  @Test
  void aTokenThatIsRefusedTwiceEndsTheCall() {
    ScriptedCanvas.answers(UNAUTHORIZED, UNAUTHORIZED, NONE);

    assertThatThrownBy(() -> canvas.schedules()).isInstanceOf(UnavailableException.class);
    assertThat(ScriptedCanvas.CALLS).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"429,7", "503,7"})
  void aWaitThatCanvasAsksForIsPassedOn(int status, long seconds) {
    ScriptedCanvas.answers(
        call -> Reply.text(status, "text/html", "<html>busy</html>").with("Retry-After", "6.2"));

    assertThatThrownBy(() -> canvas.schedules())
        .isInstanceOfSatisfying(
            UnavailableException.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
  }

  @Test
  void aWaitMayBeADateOfAnOlderFormAmongOthers() {
    Instant later = Instant.now().plusSeconds(100);
    String asctime =
        DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)
            .format(later.atOffset(ZoneOffset.UTC));
    ScriptedCanvas.answers(
        call -> Reply.text(503, "text/html", "busy").with("Retry-After", "7, " + asctime));

    assertThatThrownBy(() -> canvas.schedules())
        .isInstanceOfSatisfying(
            UnavailableException.class,
            e ->
                assertThat(e.retryAfter())
                    .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(100)));
  }

  @Test
  void whenAnUpdateWasReadIsSentAsADateOfTwoDigits() throws Exception {
    ScriptedCanvas.answers(call -> Reply.text(200, "application/fhir+json", "null"));

    canvas.update("a", appointment(), Instant.parse("2026-11-03T07:08:09Z"));

    assertThat(ScriptedCanvas.CALLS.get(0).header("if-unmodified-since"))
        .contains("Tue, 03 Nov 2026 07:08:09 GMT");
  }

  @ParameterizedTest
  @CsvSource({"429, 0", "500, 5", "502, 5", "503, 5", "408, 30", "504, 30"})
  void aWriteThatFailedSomehowIsUnknownAndMayLandForAWhile(int status, long seconds)
      throws Exception {
    ScriptedCanvas.answers(call -> Reply.text(status, "text/html", "<html>Avery</html>"));

    assertThat(mayLandWithin(canvas.create(appointment()))).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(ScriptedCanvas.CALLS).hasSize(1);
  }

  @Test
  void aWriteWithoutATokenCannotLand() throws Exception {
    ScriptedCanvas.answers(UNAUTHORIZED, UNAUTHORIZED);

    assertThat(mayLandWithin(canvas.create(appointment()))).isZero();
  }

  @Test
  void whenTheTimeIsOverNoCallIsBegun() throws Exception {
    ScriptedCanvas.answers(NONE, NONE);
    Appointment appointment = appointment();

    assertThatThrownBy(() -> within(-1, canvas::schedules))
        .isInstanceOf(UnavailableException.class);
    WriteOutcome notBegun = within(-1, () -> canvas.create(appointment));

    assertThat(mayLandWithin(notBegun)).isZero();
    assertThat(ScriptedCanvas.CALLS).isEmpty();
    assertThat(within(5, canvas::schedules)).isEmpty();
    assertThat(canvas.schedules()).as("work without a limit").isEmpty();
  }

  private <T> T within(int seconds, Supplier<T> work) {
    return time.within(Duration.ofSeconds(seconds), Duration.ofSeconds(9), work);
  }

  private static Duration mayLandWithin(WriteOutcome outcome) {
    assertThat(outcome).isInstanceOf(WriteOutcome.Unknown.class);
    return ((WriteOutcome.Unknown) outcome).mayLandWithin();
  }

  @Test
  void aWriteWithoutAnAnswerIsUnknownAndNotRepeated() throws Exception {
    ScriptedCanvas.answers(
        call -> {
          Thread.sleep(2_000);
          return Reply.empty(201);
        });

    assertThat(mayLandWithin(canvas.create(appointment()))).isEqualTo(Duration.ofSeconds(30));
    assertThat(ScriptedCanvas.CALLS).hasSize(1);
  }

  @Test
  void aCreateWithoutALocationIsUnknown() throws Exception {
    ScriptedCanvas.answers(call -> Reply.empty(201));

    assertThat(canvas.create(appointment())).isInstanceOf(WriteOutcome.Unknown.class);
  }

  @Test
  void aReadThatIsNotFhirIsNoAnswer() {
    ScriptedCanvas.answers(call -> Reply.text(200, "text/html", "<html>login</html>"));

    assertThatThrownBy(() -> canvas.schedules()).isInstanceOf(UnavailableException.class);
  }

  private Appointment appointment() throws Exception {
    return mapper.treeToValue(CanvasExamples.number(13).body(), Appointment.class);
  }
}
