package clinic.scheduling.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request is understood completely, or nothing is done. */
class TaskRequestReaderTest {
  private static final Set<String> TASKS = Set.of("reconcile", "reminders");

  @Test
  void everyFieldIsRead() {
    assertThat(
            read(
                """
                {"task": "reconcile", "practitioner": "ingrid-testwell", "from": "2027-03-14",
                 "to": "2027-03-14", "dryRun": true, "force": true,
                 "forceMeetings": true,
                 "visit": "5e81a062-d4f7-4b9b-8265-b0af9e8d7c05"}
                """))
        .isEqualTo(
            new TaskRequest(
                "reconcile",
                Optional.of("ingrid-testwell"),
                Optional.of(LocalDate.parse("2027-03-14")),
                Optional.of(LocalDate.parse("2027-03-14")),
                true,
                true,
                true,
                Optional.of("5e81a062-d4f7-4b9b-8265-b0af9e8d7c05")));
  }

  @Test
  void theTaskAloneIsEnough() {
    assertThat(read("{\"task\": \"reminders\"}"))
        .isEqualTo(
            new TaskRequest(
                "reminders", Optional.empty(), Optional.empty(), Optional.empty(), false, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"task\": \"reconsile\"}",
        "{\"task\": \"reconcile\", \"dryrun\": true}",
        "{\"task\": \"reconcile\", \"dryRun\": \"true\"}",
        "{\"task\": \"reconcile\", \"force\": 1}",
        "{\"task\": \"reconcile\", \"forceMeetings\": true}",
        "{\"task\": \"reconcile\", \"from\": \"14.3.2027\"}",
        "{\"task\": \"reconcile\", \"visit\": \"a b\"}",
        "{\"task\": \"reconcile\", \"visit\": \"\"}",
        "{\"task\": \"reconcile\", \"from\": \"2027-03-14\", \"to\": \"2027-03-13\"}"
      })
  void anythingElseIsRefused(String input) {
    assertThatThrownBy(() -> read(input)).isInstanceOf(BadTaskRequestException.class);
  }

  @Test
  void theRefusalNamesWhatIsKnown() {
    assertThatThrownBy(() -> read("{\"task\": \"renewals\"}"))
        .hasMessageContaining("task must be one of [reconcile, reminders]");
  }

  private static TaskRequest read(String input) {
    try {
      return TaskRequestReader.read(new ObjectMapper().readTree(input), TASKS);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
