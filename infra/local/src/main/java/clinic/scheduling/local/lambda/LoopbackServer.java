package clinic.scheduling.local.lambda;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on the loopback address with a thread for each open call. */
public final class LoopbackServer implements AutoCloseable {
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";
  private static final int BACKLOG = 512;

  private final HttpServer http;
  private final ExecutorService threads;
  private final CompletableFuture<HttpHandler> handler = new CompletableFuture<>();

  private LoopbackServer(HttpServer http, ExecutorService threads) {
    this.http = http;
    this.threads = threads;
    http.createContext("/", exchange -> handler.join().handle(exchange));
    http.setExecutor(threads);
    http.start();
  }

  /**
   * Binds the port. Clients that connect wait until {@link #serve}.
   *
   * @param port 0 for any free port
   * @throws java.net.BindException if the port is in use
   */
  public static LoopbackServer bind(int port, String name) throws IOException {
    // Without it the JDK's server waits for a delayed ACK, some 40 ms, in most answers.
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    ExecutorService threads =
        Executors.newCachedThreadPool(
            run -> {
              Thread thread = new Thread(run, name);
              thread.setDaemon(true);
              return thread;
            });
    return new LoopbackServer(http, threads);
  }

  /** Starts to answer requests, including those that are waiting. */
  public void serve(HttpHandler answers) {
    handler.complete(answers);
  }

  public int port() {
    return http.getAddress().getPort();
  }

  @Override
  public void close() {
    handler.cancel(false);
    http.stop(0);
    threads.shutdownNow();
  }
}
