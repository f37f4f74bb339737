package clinic.scheduling.sandbox.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.sandbox.Http;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutlookMakesTroubleTest {
  private Outlook outlook;

  @BeforeEach
  void start() throws Exception {
    outlook = new Outlook();
  }

  @AfterEach
  void stop() {
    outlook.close();
  }

  @Test
  void throttlingNamesItsDelayAndEndsAfterItsTimes() throws Exception {
    outlook.fault(
        "{\"kind\":\"status\",\"status\":429,\"retryAfter\":\"2.128\",\"times\":2,"
            + "\"match\":\"POST .*ingrid\"}");

    Http.Answer first = outlook.create(Outlook.event(""));
    Http.Answer second = outlook.create(Outlook.event(""));

    assertThat(first.status()).isEqualTo(429);
    assertThat(first.header("Retry-After")).isEqualTo("2.128");
    assertThat(first.json().at("/error/code").asText()).isEqualTo("ApplicationThrottled");
    assertThat(second.status()).isEqualTo(429);
    assertThat(outlook.create(Outlook.event("")).status()).isEqualTo(201);
  }

  @Test
  void anErrorMayComeWithoutADelay() throws Exception {
    outlook.fault("{\"kind\":\"status\",\"status\":503}");

    assertThat(outlook.create(Outlook.event("")).response().headers().map())
        .doesNotContainKey("retry-after");
  }

  @Test
  void aCutConnectionMayHideAnEffect() throws Exception {
    outlook.fault("{\"kind\":\"cut\",\"match\":\"POST\"}");
    assertThatThrownBy(() -> outlook.create(Outlook.event(""))).isInstanceOf(IOException.class);
    assertThat(outlook.http.get(Outlook.EVENTS).json().get("value")).isEmpty();

    outlook.fault("{\"kind\":\"timeout-after-effect\",\"match\":\"POST\",\"seconds\":0.1}");
    assertThatThrownBy(() -> outlook.create(Outlook.event(""))).isInstanceOf(IOException.class);
    assertThat(outlook.http.get(Outlook.EVENTS).json().get("value")).hasSize(1);
  }

  @Test
  void aFifthRequestAtWorkInOneMailboxIsThrottled() throws Exception {
    outlook.fault("{\"kind\":\"slow\",\"seconds\":1.5,\"times\":4,\"match\":\"GET\"}");
    List<CompletableFuture<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      calls.add(CompletableFuture.supplyAsync(this::list, run -> new Thread(run).start()));
    }

    assertThat(calls.stream().map(CompletableFuture::join))
        .containsExactlyInAnyOrder(200, 200, 200, 200, 429);
  }

  @Test
  void aFaultThatIsNotUnderstoodIsRefused() throws Exception {
    assertThat(
            outlook.http.json("POST", "/graph-control/faults", "{\"kind\":\"gremlin\"}").status())
        .isEqualTo(400);
  }

  private int list() {
    try {
      return outlook.http.get(Outlook.EVENTS).status();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
