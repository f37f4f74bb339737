package clinic.scheduling.checks.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lambda's runtime API, as far as a function that does not start needs it. */
final class RuntimeApiRecorder implements AutoCloseable {
  private static final String INIT_ERROR = "/2018-06-01/runtime/init/error";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<JsonNode> initErrors = new CopyOnWriteArrayList<>();

  RuntimeApiRecorder() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(INIT_ERROR, this::initError);
    server.start();
  }

  private void initError(HttpExchange exchange) throws IOException {
    initErrors.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  List<JsonNode> initErrors() {
    return initErrors;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
