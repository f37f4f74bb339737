package clinic.scheduling.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server says what it does with a connection, so that nobody writes into one that closes. */
class ServerTest {
  private Server server;

  @BeforeEach
  void start() throws IOException {
    server = Server.start(0).mount("/", call -> Reply.text(200, "text/plain", "answer"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aConnectionServesManyCallsUntilTheCallerAsksToCloseAndIsToldSo() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      assertThat(answer(socket, "")).doesNotContainIgnoringCase("connection:");
      assertThat(answer(socket, "")).doesNotContainIgnoringCase("connection:");
      assertThat(answer(socket, "Connection: close\r\n")).contains("Connection: close\r\n");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static String answer(Socket socket, String header) throws IOException {
    String request = "GET / HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (answer.indexOf("\r\n\r\nanswer") < 0) {
      int read = in.read();
      if (read < 0) {
        throw new IOException("the connection ended after " + answer);
      }
      answer.append((char) read);
    }
    return answer.toString();
  }
}
