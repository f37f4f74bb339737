package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Fault.Kind;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CanvasInTroubleTest extends FindSlotsCase {
  private static final String VIDEO = "visit=video&from=2026-12-29&to=2026-12-30";

  @Test
  void ifOneScheduleFailsTheOtherIsOfferedAndTheFirstIsNamed() {
    sandbox.canvas().faults().add(Fault.status(500, "GET", "/Slot"));

    Answer answer = slots(VIDEO);

    assertThat(answer.practitioners()).hasSize(1).isSubsetOf(INGRID, OMAR);
    String left = answer.practitioners().contains(INGRID) ? OMAR : INGRID;
    assertThat(answer.unavailable()).containsExactly(left + " schedule-unreadable");
  }

  @Test
  void ifEveryScheduleFailsTheAnswerSaysWhenToComeBack() {
    slots(VIDEO);
    for (Fault fault :
        List.of(
            Fault.status(503, "GET", "/Slot"),
            Fault.status(429, "GET", "/Slot").retryAfter("30"),
            Fault.status(403, "GET", "/Slot"),
            Fault.once(Kind.HTML, "GET", "/Slot"),
            Fault.once(Kind.CUT, "GET", "/Slot"))) {
      forgetTimes();
      sandbox.canvas().faults().add(fault.times(50));

      Answer answer = get("/slots", VIDEO);

      assertThat(answer.status()).as(fault.toString()).isEqualTo(503);
      assertThat(answer.raw().getHeaders().get("Retry-After")).matches("[1-9][0-9]*");
      sandbox.canvas().faults().clear();
    }
    forgetTimes();
    assertThat(slots(VIDEO).practitioners()).hasSize(2);
  }

  @Test
  void ifNobodyCanBeAskedBecauseNobodyIsLicensedThatIsAnAnswer() {
    sandbox.canvas().faults().add(Fault.status(503, "GET", "/Slot").times(50));

    assertThat(slots(VIDEO + "&state=NV").unavailable()).hasSize(2);
  }

  @Test
  void ifTheDirectoryCannotBeReadNothingIsOffered() {
    at("2034-05-01T12:00:00Z"); // long after everything cached has expired
    sandbox.canvas().faults().add(Fault.status(500, "GET", "/Practitioner").times(2));

    assertThat(get("/slots", "visit=office&from=2034-05-02&to=2034-05-02").status()).isEqualTo(503);
    assertThat(get("/catalog", "").status()).isEqualTo(503);
    assertThat(get("/catalog", "").status()).isEqualTo(200);
  }

  @Test
  void aTokenThatCanvasNoLongerKnowsIsReplaced() {
    slots(VIDEO);
    sandbox.canvas().revokeTokens();
    forgetTimes();

    Answer answer = slots(VIDEO);

    assertThat(answer.practitioners()).hasSize(2);
    assertThat(answer.unavailable()).isEmpty();
  }

  @Test
  void theLogShowsNoNameAndNothingThatOpensADoor() {
    Answer page = slots(VIDEO + "&limit=1");
    refused(VIDEO + "&canary=1");
    sandbox.canvas().revokeTokens();
    forgetTimes();
    slots(VIDEO);

    assertThat(log.text())
        .contains("answered route=GET /slots status=200", "fumage-correlation-id")
        .doesNotContain("Testwell", "Samplesson", "test-secret", "Bearer", "canary")
        .doesNotContain(page.slots().get(0).path("slot").asText())
        .doesNotContain(page.body().path("next").asText());
  }
}
