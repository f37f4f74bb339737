package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.StatusTable;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** For each status of a visit, reminders and answers do what docs/appointment-statuses.md says. */
@QuarkusTest
@TestProfile(Strict.class)
class EachStatusTest extends SendMessageCase {

  static List<Arguments> outcomes() {
    return StatusTable.of("reminder", "answer C");
  }

  @BeforeEach
  void noonAtTheClinic() {
    ZonedDateTime now = clock.instant().atZone(ZoneId.of("America/Los_Angeles"));
    ZonedDateTime noon = now.with(LocalTime.NOON);
    clock.move(Duration.between(now, noon.isBefore(now) ? noon.plusDays(1) : noon));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("outcomes")
  void aReminderIsAsTheTableSays(String status, String reminder, String answer) {
    Instant start = clock.instant().plus(Duration.ofDays(2));
    String visit = visitAt(start);
    sandbox.canvas().frontDesk().show(visit, status);

    remind(visit, "confirm", start);

    assertThat(
            sent("sms").stream()
                .map(text -> text.text().contains("confirm") ? "asks" : "reminds")
                .findFirst()
                .orElse("none"))
        .isEqualTo(reminder);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("outcomes")
  void anAnswerIsAsTheTableSays(String status, String reminder, String answer) {
    Instant start = clock.instant().plus(Duration.ofDays(2));
    String visit = visitAt(start);
    remind(visit, "confirm", start);
    sandbox.canvas().frontDesk().show(visit, status);

    report("{\"originationNumber\":\"+12065550142\",\"messageBody\":\"C\"}");

    assertThat(canvas.appointment(visit).orElseThrow().resource().status()).isEqualTo(answer);
  }

  private String visitAt(Instant start) {
    String patient = patient(true);
    String visit = appointment(patient);
    update(visit, patient, "proposed", start);
    return visit;
  }
}
