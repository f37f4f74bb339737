package clinic.scheduling.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AbandonedResponsesTest {
  private static final int BYTES = 1_000;
  private static final int MILLIS_EACH = 20;

  private final CountDownLatch cutOff = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void aServerThatTrickles() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void theRestOfAnAnswerIsNotReadWhenItIsGivenUp() throws Exception {
    AbandonedResponses.closeConnections();
    URI url = URI.create("http://localhost:" + server.getAddress().getPort());

    try (InputStream answer = url.toURL().openConnection().getInputStream()) {
      assertThat(answer.read()).isEqualTo(' ');
    }

    assertThat(cutOff.await(BYTES * MILLIS_EACH / 4, TimeUnit.MILLISECONDS))
        .as("the server sees the connection closed")
        .isTrue();
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, BYTES);
    try {
      for (int i = 0; i < BYTES; i++) {
        exchange.getResponseBody().write(' ');
        exchange.getResponseBody().flush();
        Thread.sleep(MILLIS_EACH);
      }
    } catch (IOException e) {
      cutOff.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
