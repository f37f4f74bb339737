package clinic.scheduling.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.http.ProblemType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** A caller cannot tell an error of the gateway from one of a function. */
class ProblemTest {
  @Test
  void everyErrorOfTheGatewayIsOneOfTheContract() throws Exception {
    for (Problem problem : Problem.values()) {
      assertThat(ProblemType.values())
          .extracting(ProblemType::uri)
          .contains(body(problem).path("type").asText());
    }
  }

  @Test
  void noAnswerInTimeIsUnavailableAndSaysWhenToComeBack() throws Exception {
    assertThat(body(Problem.UNAVAILABLE).path("type").asText())
        .isEqualTo(ProblemType.UNAVAILABLE.uri());
    assertThat(body(Problem.UNAVAILABLE).path("title").asText())
        .isEqualTo(ProblemType.UNAVAILABLE.title());
    assertThat(Problem.UNAVAILABLE.answer("Later.").status())
        .isEqualTo(ProblemType.UNAVAILABLE.status());
    assertThat(Problem.UNAVAILABLE.answer("Later.").headers())
        .contains(new HttpAnswer.Header("retry-after", "1"));
  }

  private static JsonNode body(Problem problem) throws Exception {
    return new ObjectMapper().readTree(problem.answer("Later.").body());
  }
}
