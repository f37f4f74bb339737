package clinic.scheduling.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.sandbox.Http;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private final AtomicInteger effects = new AtomicInteger();
  private final Faults faults = new Faults();
  private Server server;
  private Http http;

  @BeforeEach
  void start() throws Exception {
    server = Server.start(0);
    server.mount("/service", faults.before(this::effect, (status, code) -> Reply.empty(status)));
    server.mount("/control", faults::control);
    http = Http.to(server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"status, 0", "status-after-effect, 1", "page, 0", "slow, 1"})
  void anAnsweredFaultHasItsEffectOrNot(String kind, int effect) throws Exception {
    ask("{\"kind\":\"%s\",\"status\":500,\"seconds\":0.05}".formatted(kind));

    assertThat(http.get("/service/x").status()).isEqualTo(kind.equals("slow") ? 200 : 500);

    assertThat(effects).hasValue(effect);
  }

  @ParameterizedTest
  @CsvSource({"cut, 0", "cut-after-effect, 1", "timeout, 0", "timeout-after-effect, 1"})
  void anUnansweredFaultHasItsEffectOrNot(String kind, int effect) throws Exception {
    ask("{\"kind\":\"%s\",\"delayMs\":50,\"match\":\"POST\"}".formatted(kind));

    assertThatThrownBy(() -> http.json("POST", "/service/x", "{}")).isInstanceOf(IOException.class);

    assertThat(effects).hasValue(effect);
  }

  @Test
  void aFaultMeetsOnlyWhatItMatchesAndAsOftenAsAsked() throws Exception {
    ask("{\"match\":{\"method\":\"GET\",\"pathPrefix\":\"/a\"},\"status\":503,\"times\":2}");

    assertThat(http.get("/service/b").status()).isEqualTo(200);
    assertThat(http.delete("/service/a").status()).isEqualTo(200);
    assertThat(http.get("/service/a").status()).isEqualTo(503);
    assertThat(http.get("/service/a/b").status()).isEqualTo(503);
    assertThat(http.get("/service/a").status()).isEqualTo(200);
  }

  @Test
  void clearedFaultsMeetNothing() throws Exception {
    ask("{\"status\":503}");
    assertThat(http.get("/control").json()).hasSize(1);

    http.delete("/control");

    assertThat(http.get("/service/a").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"kind\":\"gremlin\"}", "{\"times\":0}", "{\"match\":\"(\"}", "not json"})
  void whatIsNoFaultIsRefused(String body) throws Exception {
    assertThat(http.json("POST", "/control", body).status()).isEqualTo(400);
    assertThat(faults.list()).isEmpty();
  }

  private Reply effect(Call call) {
    effects.incrementAndGet();
    return Reply.empty(200);
  }

  private void ask(String fault) throws Exception {
    assertThat(http.json("POST", "/control", fault).status()).isEqualTo(204);
  }
}
