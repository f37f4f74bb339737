package clinic.scheduling.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.setup.NotSetUpException;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpGuardTest {
  private static final String CANARY = "Canary Birdsong";
  private final LogLines log = new LogLines();
  private final HttpGuard guard = new HttpGuard(Log.of(HttpGuardTest.class));

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void anAnswerPassesAsItIs() {
    APIGatewayV2HTTPResponse answer =
        answer(request -> Responses.json(200, JsonNodeFactory.instance.objectNode().put("a", 1)));

    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(answer.getBody()).isEqualTo("{\"a\":1}");
    assertThat(answer.getHeaders())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Cache-Control", "no-store");
  }

  /** Beans wrap the failures of the beans that they need. */
  @Test
  void aSystemThatIsNotSetUpSaysSoAndLogsNoError() {
    APIGatewayV2HTTPResponse deep =
        answer(
            request -> {
              throw new IllegalStateException("a bean", new NotSetUpException());
            });
    APIGatewayV2HTTPResponse plain = guard.notSetUp(Events.of("GET", "/slots").build());

    assertThat(deep.getBody()).isEqualTo(plain.getBody());
    assertThat(plain.getStatusCode()).isEqualTo(503);
    assertThat(plain.getHeaders()).containsEntry("Retry-After", "60");
    JsonNode body = Request.parse(plain.getBody());
    assertThat(body.path("type").asText()).isEqualTo("urn:problem-type:scheduling:not-set-up");
    assertThat(body.path("detail").asText()).contains("practice document");
    assertThat(log.errors()).isEmpty();
  }

  @Test
  void aProblemIsProblemJson() {
    APIGatewayV2HTTPResponse answer =
        answer(
            request -> {
              throw Problem.invalid(
                      List.of(
                          new FieldError("from", "is missing"), new FieldError("to", "is missing")))
                  .asException();
            });

    assertThat(answer.getStatusCode()).isEqualTo(400);
    assertThat(answer.getHeaders()).containsEntry("Content-Type", "application/problem+json");
    JsonNode body = Request.parse(answer.getBody());
    assertThat(body.path("type").asText()).isEqualTo("urn:problem-type:scheduling:invalid-request");
    assertThat(body.path("title").asText()).isNotBlank();
    assertThat(body.path("detail").asText()).isNotBlank();
    assertThat(body.path("status").asInt()).isEqualTo(400);
    assertThat(body.path("errors")).hasSize(2);
    assertThat(body.at("/errors/0/field").asText()).isEqualTo("from");
  }

  @Test
  void everyKindOfProblemHasAnUriAStatusAndATitleOfItsOwn() {
    assertThat(List.of(ProblemType.values()))
        .allMatch(type -> type.status() >= 400 && type.status() < 600)
        .allMatch(type -> type.uri().matches("urn:problem-type:scheduling:[a-z-]+"));
    assertThat(List.of(ProblemType.values()))
        .extracting(ProblemType::title)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatIsUnavailableIsA503ThatSaysWhenToComeBack() {
    APIGatewayV2HTTPResponse answer =
        answer(
            request -> {
              throw new UnavailableException("canvas", Duration.ofSeconds(7));
            });
    APIGatewayV2HTTPResponse atOnce =
        answer(
            request -> {
              throw new UnavailableException("canvas", Duration.ofMillis(10));
            });

    assertThat(answer.getStatusCode()).isEqualTo(503);
    assertThat(answer.getHeaders()).containsEntry("Retry-After", "7");
    assertThat(atOnce.getHeaders()).containsEntry("Retry-After", "1");
  }

  @Test
  void onlyASilenceOfCanvasIsBlamedOnCanvas() {
    assertThat(typeWithout("canvas")).isEqualTo(ProblemType.CANVAS_UNAVAILABLE.uri());
    assertThat(typeWithout("canvas-auth")).isEqualTo(ProblemType.CANVAS_UNAVAILABLE.uri());
    assertThat(typeWithout("queue")).isEqualTo(ProblemType.UNAVAILABLE.uri());
    assertThat(typeWithout("holds")).isEqualTo(ProblemType.UNAVAILABLE.uri());
  }

  private String typeWithout(String system) {
    APIGatewayV2HTTPResponse answer =
        answer(
            request -> {
              throw new UnavailableException(system, Duration.ofSeconds(1));
            });
    assertThat(answer.getStatusCode()).isEqualTo(503);
    return Request.parse(answer.getBody()).path("type").asText();
  }

  @Test
  void aNameInAnExceptionReachesNeitherAnswerNorLog() {
    APIGatewayV2HTTPResponse failed =
        answer(
            request -> {
              throw new IllegalStateException(CANARY, new RuntimeException(CANARY));
            });
    APIGatewayV2HTTPResponse unavailable =
        answer(
            request -> {
              RuntimeException cause = new RuntimeException(CANARY);
              throw new UnavailableException("canvas", Duration.ofSeconds(1), cause);
            });

    assertThat(failed.getStatusCode()).isEqualTo(500);
    assertThat(failed.getBody() + failed.getHeaders()).doesNotContain("Canary");
    assertThat(unavailable.getBody() + unavailable.getHeaders()).doesNotContain("Canary");
    assertThat(log.text())
        .doesNotContain("Canary")
        .contains("failed java.lang.IllegalStateException(HttpGuardTest.java:")
        .contains("unavailable clinic.scheduling.core.UnavailableException");
  }

  @Test
  void aLineNamesTheRouteAndTheStatusAndTheNextRequestForgetsTheIds() {
    answer(
        request -> {
          Log.of(HttpGuardTest.class).put("correlation", "bk-1");
          return Responses.empty(202);
        });
    String first = log.text();
    answer(request -> Responses.empty(202));

    assertThat(first).contains("answered route=GET /slots status=202").contains("bk-1");
    assertThat(log.text().substring(first.length())).contains("answered").doesNotContain("bk-1");
  }

  private APIGatewayV2HTTPResponse answer(Function<Request, APIGatewayV2HTTPResponse> handler) {
    APIGatewayV2HTTPEvent event =
        Events.of("GET", "/slots").query("name=" + CANARY.replace(' ', '+')).build();
    return guard.answer(event, handler);
  }
}
