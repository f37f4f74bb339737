package clinic.scheduling.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that a proxy or gateway sent does not count as an answer of Canvas. */
@QuarkusTest
@QuarkusTestResource(ScriptedCanvas.class)
class AnswersOfOthersTest {
  @Inject Canvas canvas;
  @Inject ObjectMapper mapper;

  @BeforeEach
  void forget() {
    ScriptedCanvas.forget();
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 303, 307})
  void anUpdateThatIsRedirectedIsUnknown(int status) throws Exception {
    ScriptedCanvas.answers(
        call -> Reply.text(status, "text/html", "").with("Location", "/maintenance"));
    Appointment visit =
        mapper.readValue("{\"resourceType\":\"Appointment\",\"id\":\"a\"}", Appointment.class);

    assertThat(canvas.update("a", visit, Instant.parse("2026-11-23T17:00:00Z")))
        .isInstanceOf(WriteOutcome.Unknown.class);
    assertThat(ScriptedCanvas.CALLS).hasSize(1);
  }

  @Test
  void aPageThatSaysNotFoundSaysNothingAboutTheVisit() {
    ScriptedCanvas.answers(call -> Reply.text(404, "text/html", "<html>maintenance</html>"));

    assertThatThrownBy(() -> canvas.appointment("a")).isInstanceOf(UnavailableException.class);
  }
}
