package clinic.scheduling.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The server announces when it closes a connection, so that no client writes into a closing one.
 */
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

  @Test
  void aListenerHearsOfACallBeforeItIsAnsweredAndOfOneThatIsCut() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    server.mount("/cut", call -> Reply.cut());
    server.mount(
        "/torn",
        call -> {
          throw new CutOff();
        });
    server.listen((method, path, status, took) -> heard.add(method + " " + path + " " + status));

    get("/somewhere?token=secret");
    assertThat(heard).containsExactly("GET /somewhere 200");

    assertThatThrownBy(() -> get("/cut")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> get("/torn")).isInstanceOf(IOException.class);
    assertThat(heard).contains("GET /cut 0", "GET /torn 0");
  }

  @ParameterizedTest
  @MethodSource
  void aHandlerThatFailsIsAnsweredWith500AndSaysWhyInTheLog(Handler failing) throws Exception {
    List<LogRecord> log = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger(Server.class.getName());
    java.util.logging.Handler keep = keep(log);
    logger.addHandler(keep);
    try {
      server.mount("/failing", failing);
      HttpResponse<String> answer = get("/failing/here?token=secret");
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("the reason");
    } finally {
      logger.removeHandler(keep);
    }

    assertThat(log)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getLevel()).isEqualTo(Level.SEVERE);
              assertThat(line.getMessage()).isEqualTo("GET /failing/here failed");
              assertThat(line.getThrown()).hasMessageContaining("the reason");
            });
  }

  static Stream<Handler> aHandlerThatFailsIsAnsweredWith500AndSaysWhyInTheLog() {
    return Stream.of(
        call -> {
          throw new IllegalStateException("the reason");
        },
        call -> {
          throw new IOException("the reason");
        },
        call -> {
          throw new NoClassDefFoundError("the reason");
        },
        call -> {
          throw new ServiceConfigurationError("the reason");
        });
  }

  @Test
  void aHandlerFindsServicesWhereTheServerIs() throws Exception {
    AtomicReference<ClassLoader> found = new AtomicReference<>();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(new ClassLoader() {});
    try (Server other =
        Server.start(0)
            .mount(
                "/",
                call -> {
                  found.set(Thread.currentThread().getContextClassLoader());
                  return Reply.text(200, "text/plain", "");
                })) {
      get(other, "/");
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }

    assertThat(found.get()).isSameAs(Server.class.getClassLoader());
  }

  private HttpResponse<String> get(String target) throws Exception {
    return get(server, target);
  }

  private static HttpResponse<String> get(Server server, String target) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.url().resolve(target)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static java.util.logging.Handler keep(List<LogRecord> log) {
    return new java.util.logging.Handler() {
      @Override
      public void publish(LogRecord line) {
        log.add(line);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
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
