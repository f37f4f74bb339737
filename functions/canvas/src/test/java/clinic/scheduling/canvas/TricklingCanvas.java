package clinic.scheduling.canvas;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A server on a plain socket. From a chosen part on, it sends its answers byte by byte. */
public class TricklingCanvas implements QuarkusTestResourceLifecycleManager {
  private static final String BODY = " ".repeat(200) + "{\"resourceType\":\"Bundle\"}";
  private static final String TOKEN = "{\"access_token\":\"t\",\"expires_in\":36000}";
  private static final long PAUSE_MILLIS = 50;

  /** The part of an answer at which the server becomes slow. */
  enum Slow {
    HEAD,
    BODY,
    BODY_OF_A_REFUSAL,
    /** The server sends the head, and then nothing more. */
    SILENT_BODY
  }

  static final AtomicReference<Slow> SLOW = new AtomicReference<>(Slow.HEAD);
  static final AtomicInteger CALLS = new AtomicInteger();

  /** How many connections the client has closed because their answer was too slow. */
  static final AtomicInteger GIVEN_UP = new AtomicInteger();

  private ServerSocket server;

  @Override
  public Map<String, String> start() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
    String url = "http://localhost:" + server.getLocalPort();
    return Map.of(
        "CANVAS_FHIR_URL", url + "/canvas",
        "CANVAS_AUTH_URL", url + "/auth/token/",
        "CANVAS_CLIENT_ID", "test-client",
        "CANVAS_CLIENT_SECRET", "test-secret",
        "quarkus.rest-client.canvas.connect-timeout", "400",
        "quarkus.rest-client.canvas.read-timeout", "400");
  }

  @Override
  public void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over, and the server was closed
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      boolean token = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        token = line.contains("/auth/token/");
        skipRest(in);
        if (token) {
          out.write(bytes(head(200, TOKEN.length()) + TOKEN));
          out.flush();
        } else {
          CALLS.incrementAndGet();
          answer(out, SLOW.get());
        }
      }
      GIVEN_UP.addAndGet(token ? 0 : 1);
    } catch (IOException givenUp) {
      GIVEN_UP.incrementAndGet();
    }
  }

  private static void answer(OutputStream out, Slow slow) throws IOException {
    String head = head(slow == Slow.BODY_OF_A_REFUSAL ? 422 : 201, BODY.length());
    trickle(out, slow == Slow.HEAD ? head : "");
    out.write(bytes(slow == Slow.HEAD ? "" : head));
    out.flush();
    trickle(out, slow == Slow.SILENT_BODY ? "" : BODY);
  }

  private static void trickle(OutputStream out, String text) throws IOException {
    for (byte one : bytes(text)) {
      pause();
      out.write(one);
      out.flush();
    }
  }

  private static String head(int status, int length) {
    return "HTTP/1.1 "
        + status
        + " Status\r\nContent-Type: application/json\r\nLocation: http://x/Appointment/a-1"
        + "\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private static void skipRest(BufferedReader in) throws IOException {
    int length = 0;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).strip());
      }
    }
    for (int i = 0; i < length; i++) {
      in.read();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "trickling-canvas");
    thread.setDaemon(true);
    thread.start();
  }
}
