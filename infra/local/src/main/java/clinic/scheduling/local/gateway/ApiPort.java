package clinic.scheduling.local.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The port of an API on the loopback address: bound early, served later. It uses Jetty, because the
 * JDK's server answers targets such as {@code //slots} and {@code /%zz} itself, in HTML.
 */
public final class ApiPort implements AutoCloseable {
  private static final int BACKLOG = 512;
  private static final int MOST_THREADS = 200;

  /**
   * More than {@link Request#LARGEST_HEAD}, so that the gateway itself can refuse such requests.
   */
  private static final int LARGEST_HEAD_READ = 4 * Request.LARGEST_HEAD;

  /** Twice as long as the gateway waits for a function. */
  private static final long IDLE_MILLIS = 60_000;

  private final Server server;
  private final ServerConnector connector;

  private ApiPort(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Binds the port. Clients that connect wait until {@link #serve}.
   *
   * @param port 0 for any free port
   * @throws java.net.BindException if the port is in use
   */
  public static ApiPort bind(int port, String name) throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
    threads.setName(name);
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(port);
    connector.setAcceptQueueSize(BACKLOG);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setErrorHandler(ApiPort::refuse);
    connector.open();
    return new ApiPort(server, connector);
  }

  /** Starts to answer requests, including those that are waiting. */
  void serve(Function<Request, HttpAnswer> answers) {
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(
              org.eclipse.jetty.server.Request request, Response response, Callback callback)
              throws IOException {
            Request read = Request.read(request);
            write(answers.apply(read), read.method(), response, callback);
            return true;
          }
        });
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("the API does not start", e);
    }
  }

  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
      connector.close();
    } catch (Exception e) {
      throw new IllegalStateException("the API does not stop", e);
    }
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(LARGEST_HEAD_READ);
    // Like API Gateway, the gateway accepts any path, and answers 404 if it matches no route.
    http.setUriCompliance(UriCompliance.UNSAFE);
    return http;
  }

  /** Answers requests that Jetty cannot parse. The gateway does not see such requests. */
  private static boolean refuse(
      org.eclipse.jetty.server.Request request, Response response, Callback callback) {
    HttpAnswer answer =
        switch (response.getStatus()) {
          case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431, HttpStatus.URI_TOO_LONG_414 ->
              Problem.headTooLarge();
          case HttpStatus.INTERNAL_SERVER_ERROR_500 ->
              Problem.FUNCTION_FAILED.answer("The gateway failed.");
          default -> Problem.MALFORMED.answer("Send a well-formed HTTP request.");
        };
    write(answer, request.getMethod(), response, callback);
    return true;
  }

  private static void write(
      HttpAnswer answer, String method, Response response, Callback callback) {
    response.setStatus(answer.status());
    answer
        .headers()
        .forEach(header -> response.getHeaders().add(new HttpField(header.name(), header.value())));
    if (answer.body().length == 0 || method.equals("HEAD")) {
      callback.succeeded();
    } else {
      response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }
  }
}
