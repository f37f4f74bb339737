package clinic.scheduling.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.json.FieldError;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
  private static final String CANARY = "Canary Birdsong";

  @Test
  void aBodyIsTheBytesThatWereSentWhetherEncodedOrNot() {
    byte[] sent = "{\"name\":\"Zoë\"}".getBytes(StandardCharsets.UTF_8);

    assertThat(new Request(post("{\"name\":\"Zoë\"}").build()).body()).isEqualTo(sent);
    assertThat(new Request(post("{\"name\":\"Zoë\"}").inBase64().build()).body()).isEqualTo(sent);
  }

  @Test
  void anEventWithNothingInItIsARequestWithNothingInIt() {
    Request request = new Request(new APIGatewayV2HTTPEvent());

    assertThat(request.route()).isEqualTo("$default");
    assertThat(request.id()).isEqualTo("unknown");
    assertThat(request.header("authorization")).isEmpty();
    assertThat(request.pathParameter("id")).isEmpty();
    assertThat(request.query()).isEmpty();
    assertThat(request.body()).isEmpty();
  }

  @Test
  void queryParametersAreDecodedAndKeepTheirOrder() {
    Request request = get("to=2027-03-16T09%3A00%3A00%2B01%3A00&visit=a+b&flag&x=");

    assertThat(request.query())
        .containsExactly(
            Map.entry("to", "2027-03-16T09:00:00+01:00"),
            Map.entry("visit", "a b"),
            Map.entry("flag", ""),
            Map.entry("x", ""));
  }

  @Test
  void aParameterGivenTwiceIsRefusedByItsName() {
    Problem problem = problem(() -> get("visit=a&from=b&visit=a").query());

    assertThat(problem.errors()).containsExactly(new FieldError("visit", "may be given once only"));
  }

  @Test
  void aNameThatIsNoParameterNameIsNotShown() {
    Problem problem = problem(() -> get("Canary+Birdsong=1&Canary+Birdsong=2").query());

    assertThat(problem.errors()).extracting(FieldError::field).containsExactly("(a field)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%zz", "%f=1", "a=%2"})
  void aQueryThatCannotBeDecodedIsRefused(String raw) {
    assertThat(problem(() -> get(raw).query()).type()).isEqualTo(ProblemType.INVALID_REQUEST);
  }

  @Test
  void onlyABearerIsABearer() {
    assertThat(new Request(authorised("Bearer abc")).bearer()).contains("abc");
    assertThat(new Request(authorised("bearer  abc ")).bearer()).contains("abc");
    assertThat(new Request(authorised("Basic abc")).bearer()).isEmpty();
    assertThat(new Request(authorised("Bearerabc")).bearer()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "[]",
        "{",
        "{\"Canary\": ",
        "{\"a\":1,\"a\":2}",
        "{} {}",
        "NaN"
      })
  void whatIsNotOneJsonObjectIsRefusedWithoutQuotingIt(String body) {
    Problem problem = problem(() -> new Request(post(body).build()).json(100));

    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
    assertThat(Responses.problem(problem).getBody()).doesNotContain("Canary");
  }

  @Test
  void nestingWithoutEndIsRefused() {
    String deep = "{\"a\":" + "[".repeat(50_000);

    assertThat(problem(() -> Request.parse(deep)).type()).isEqualTo(ProblemType.INVALID_REQUEST);
  }

  @Test
  void sizeIsCountedInBytesAndJudgedFirst() {
    String body = "{\"a\":\"" + "é".repeat(46) + "\"}";

    assertThat(new Request(post(body).build()).json(100).path("a").asText()).hasSize(46);
    assertThat(problem(() -> new Request(post(body).build()).json(99)).type())
        .isEqualTo(ProblemType.PAYLOAD_TOO_LARGE);
    assertThat(problem(() -> new Request(post(body).inBase64().build()).json(99)).type())
        .isEqualTo(ProblemType.PAYLOAD_TOO_LARGE);
  }

  @Test
  void onlyJsonIsRead() {
    Events text = post("{\"name\":\"" + CANARY + "\"}").header("Content-Type", "text/plain");
    Events withCharset = post("{}").header("Content-Type", "Application/JSON; charset=utf-8");

    assertThat(problem(() -> new Request(text.build()).json(100)).type())
        .isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    assertThat(new Request(withCharset.build()).json(100)).isEmpty();
    for (String other : List.of("application/jsonp", "application/json-patch+json", "")) {
      Events event = post("{}").header("Content-Type", other);
      assertThat(problem(() -> new Request(event.build()).json(100)).type())
          .isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    APIGatewayV2HTTPEvent event = post("{}").inBase64().build();
    event.setBody("eyJhIjoi/yJ9"); // the bytes {"a":"\xff"}

    assertThat(problem(() -> new Request(event).json(100)).errors())
        .containsExactly(new FieldError("body", "must be UTF-8"));
  }

  private static Problem problem(ThrowingCallable call) {
    return catchThrowableOfType(ProblemException.class, call).problem();
  }

  private static Request get(String query) {
    return new Request(Events.of("GET", "/slots").query(query).build());
  }

  private static Events post(String body) {
    return Events.of("POST", "/appointments").json(body);
  }

  private static APIGatewayV2HTTPEvent authorised(String value) {
    return Events.of("GET", "/appointments/{id}").header("Authorization", value).build();
  }
}
