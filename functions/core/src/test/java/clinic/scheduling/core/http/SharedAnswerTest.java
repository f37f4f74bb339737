package clinic.scheduling.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller that already has an answer does not get it again (RFC 9110 section 13.1.2). */
class SharedAnswerTest {
  private static final String CACHE = "public, max-age=60";
  private final JsonNode body = JsonNodeFactory.instance.objectNode().put("a", 1);
  private final Events get = Events.of("GET", "/catalog");

  @Test
  void anAnswerSaysWhoItIsAndHowLongItMayBeKept() {
    APIGatewayV2HTTPResponse answer = ask();

    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(answer.getBody()).isEqualTo("{\"a\":1}");
    assertThat(answer.getHeaders())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Cache-Control", CACHE);
    assertThat(tag()).matches("\"[0-9a-f]{32}\"");
  }

  @Test
  void theTagGoesWithTheBody() {
    JsonNode other = JsonNodeFactory.instance.objectNode().put("a", 2);

    assertThat(Responses.shared(new Request(get.build()), body.deepCopy(), CACHE).getHeaders())
        .containsEntry("ETag", tag());
    assertThat(Responses.shared(new Request(get.build()), other, CACHE).getHeaders().get("ETag"))
        .isNotEqualTo(tag());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TAG",
        "W/TAG",
        "*",
        " * ",
        "\"other\", TAG",
        "TAG,\"other\"",
        "W/\"other\" ,\tW/TAG , ",
        " TAG "
      })
  void whoHasItIsToldSoWithoutABody(String tags) {
    String tag = tag();

    get.header("If-None-Match", tags.replace("TAG", tag));

    assertThat(ask().getStatusCode()).isEqualTo(304);
    assertThat(ask().getBody()).isEmpty();
    assertThat(ask().getHeaders())
        .containsOnlyKeys("Cache-Control", "ETag")
        .containsEntry("Cache-Control", CACHE)
        .containsEntry("ETag", tag);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",", "\"\"", "\"other\"", "BARE", "w/TAG", "W/ TAG", "WTAG", "**", "TAGTAG"})
  void whoHasAnotherGetsItWhole(String tags) {
    String tag = tag();

    get.header("If-None-Match", tags.replace("TAG", tag).replace("BARE", tag.replace("\"", "")));

    assertThat(ask().getStatusCode()).isEqualTo(200);
    assertThat(ask().getBody()).isEqualTo("{\"a\":1}");
  }

  private String tag() {
    return ask().getHeaders().get("ETag");
  }

  private APIGatewayV2HTTPResponse ask() {
    return Responses.shared(new Request(get.build()), body, CACHE);
  }
}
