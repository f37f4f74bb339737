package clinic.scheduling.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpURLConnection;
import org.junit.jupiter.api.Test;

/** The server says what it does with a connection, so that nobody writes into one that closes. */
class ServerTest {
  private static final int CALLS = 3;

  @Test
  void whoAsksToCloseIsToldThatItIsClosed() throws Exception {
    try (Server server = started()) {
      assertThat(connectionAfter(server, "close")).isEqualTo("close");
    }
  }

  @Test
  void whoDoesNotAskKeepsTheConnection() throws Exception {
    try (Server server = started()) {
      for (int call = 0; call < CALLS; call++) {
        assertThat(connectionAfter(server, "keep-alive")).isNull();
      }
    }
  }

  private static Server started() throws Exception {
    return Server.start(0).mount("/", call -> Reply.text(200, "text/plain", "answer"));
  }

  private static String connectionAfter(Server server, String asked) throws Exception {
    HttpURLConnection call = (HttpURLConnection) server.url().toURL().openConnection();
    call.setRequestProperty("Connection", asked);
    assertThat(call.getInputStream().readAllBytes()).isNotEmpty();
    return call.getHeaderField("Connection");
  }
}
