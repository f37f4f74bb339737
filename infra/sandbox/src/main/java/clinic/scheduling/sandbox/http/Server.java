package clinic.scheduling.sandbox.http;

import static java.lang.System.Logger.Level.ERROR;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server on the loopback address. The handler with the longest mounted prefix answers. If a
 * handler throws, the server logs it and answers 500 with the message; for {@link CutOff} it closes
 * the connection.
 */
public final class Server implements AutoCloseable {
  /**
   * System properties for the JDK's server, which we set unless they are set already. Without the
   * first, most responses wait some 40 ms for a delayed ACK. The second is the number of idle
   * connections: the server closes further ones, even if a client is about to use them.
   */
  private static final Map<String, String> SETTINGS =
      Map.of("sun.net.httpserver.nodelay", "true", "sun.net.httpserver.maxIdleConnections", "2000");

  private static final System.Logger LOG = System.getLogger(Server.class.getName());

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool(Server::thread);
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  private Server(HttpServer http) {
    this.http = http;
  }

  /** Gets every call once its answer is ready, before the answer is sent. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param path the whole path
     * @param status 0 if the connection is cut
     * @param took the time since the server has the head of the request
     */
    void answered(String method, String path, int status, Duration took);
  }

  /**
   * Starts listening.
   *
   * @param port 0 for any free port
   * @throws java.net.BindException if the port is in use
   */
  public static Server start(int port) throws IOException {
    SETTINGS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
    Server server = new Server(http);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** Sends every call whose path is {@code prefix} or lies below it to {@code handler}. */
  public Server mount(String prefix, Handler handler) {
    String base = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    http.createContext(prefix, exchange -> answer(exchange, base, handler));
    return this;
  }

  /** Adds a listener. It must not wait. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  public int port() {
    return http.getAddress().getPort();
  }

  public URI url() {
    return URI.create("http://localhost:" + port());
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  /**
   * Creates a thread with the context class loader of this class. By default a thread inherits that
   * of the JDK's server, which JDKs after 17 set to the system class loader. Within Quarkus's class
   * loader, jakarta.mail would then find providers from another class loader.
   */
  private static Thread thread(Runnable run) {
    Thread thread = new Thread(run, "sandbox-http");
    thread.setDaemon(true);
    thread.setContextClassLoader(Server.class.getClassLoader());
    return thread;
  }

  private void answer(HttpExchange exchange, String base, Handler handler) throws IOException {
    long began = System.nanoTime();
    try (exchange) {
      Reply reply = reply(exchange, base, handler);
      tell(exchange, reply.isCut() ? 0 : reply.status(), began);
      if (reply.isCut()) {
        return;
      }
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      sayIfClosing(exchange);
      byte[] body = reply.body();
      boolean bodyless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(reply.status(), bodyless ? -1 : body.length);
      if (!bodyless) {
        write(reply, exchange.getResponseBody());
      }
    } catch (CutOff cut) {
      tell(exchange, 0, began);
      exchange.close();
    }
  }

  private void tell(HttpExchange exchange, int status, long began) {
    if (listeners.isEmpty()) {
      return;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    String path = exchange.getRequestURI().getPath();
    listeners.forEach(one -> one.answered(exchange.getRequestMethod(), path, status, took));
  }

  /**
   * Adds {@code Connection: close} if the client asked for it. The JDK's server closes the
   * connection without saying so, and a client that waits for the header, such as the JDK's own,
   * would reuse it (RFC 9112, 9.6).
   */
  private static void sayIfClosing(HttpExchange exchange) {
    if ("close".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Connection"))) {
      exchange.getResponseHeaders().set("Connection", "close");
    }
  }

  private static void write(Reply reply, OutputStream out) throws IOException, CutOff {
    if (reply.pause().isZero()) {
      out.write(reply.body());
      return;
    }
    for (byte one : reply.body()) {
      out.write(one);
      out.flush();
      try {
        Thread.sleep(reply.pause().toMillis());
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        throw new CutOff();
      }
    }
  }

  private static Reply reply(HttpExchange exchange, String base, Handler handler) throws CutOff {
    try {
      return handler.handle(call(exchange, base));
    } catch (CutOff cut) {
      throw cut;
    } catch (Exception | LinkageError | ServiceConfigurationError e) {
      LOG.log(ERROR, failed(exchange), e);
      return Reply.text(500, "text/plain", "sandbox failure: " + e);
    }
  }

  private static String failed(HttpExchange exchange) {
    return exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " failed";
  }

  private static Call call(HttpExchange exchange, String base) throws IOException {
    URI uri = exchange.getRequestURI();
    String raw = uri.getRawPath().substring(base.length());
    String rawPath = raw.isEmpty() ? "/" : raw;
    String path = URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
    Map<String, List<String>> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    byte[] body = exchange.getRequestBody().readAllBytes();
    return new Call(exchange.getRequestMethod(), path, rawPath, query, headers, body);
  }
}
