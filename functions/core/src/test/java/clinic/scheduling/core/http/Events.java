package clinic.scheduling.core.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Http;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Builds events as API Gateway sends them: header names are in lower case, and the query is not
 * decoded.
 */
public final class Events {
  private final String method;
  private final String path;
  private final Map<String, String> headers = new HashMap<>();
  private final Map<String, String> pathParameters = new HashMap<>();
  private String sourceIp = "";
  private String query = "";
  private String body = "";
  private boolean base64;

  private Events(String method, String path) {
    this.method = method;
    this.path = path;
  }

  public static Events of(String method, String path) {
    return new Events(method, path);
  }

  /**
   * @param raw the query string, percent-encoded
   */
  public Events query(String raw) {
    query = raw;
    return this;
  }

  public Events pathParameter(String name, String value) {
    pathParameters.put(name, value);
    return this;
  }

  /** Sets the network address of the caller. */
  public Events from(String address) {
    sourceIp = address;
    return this;
  }

  public Events header(String name, String value) {
    headers.put(name.toLowerCase(Locale.ROOT), value);
    return this;
  }

  public Events json(String text) {
    body = text;
    return header("content-type", "application/json");
  }

  /** Encodes the body in base64, as API Gateway does with a body that it takes for binary. */
  public Events inBase64() {
    body = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
    base64 = true;
    return this;
  }

  public APIGatewayV2HTTPEvent build() {
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    event.setVersion("2.0");
    event.setRouteKey(method + " " + path);
    event.setRawPath(path);
    event.setRawQueryString(query);
    event.setHeaders(Map.copyOf(headers));
    event.setPathParameters(pathParameters.isEmpty() ? null : Map.copyOf(pathParameters));
    event.setBody(body);
    event.setIsBase64Encoded(base64);
    event.setRequestContext(
        RequestContext.builder()
            .withRequestId(UUID.randomUUID().toString())
            .withHttp(sourceIp.isEmpty() ? null : Http.builder().withSourceIp(sourceIp).build())
            .build());
    return event;
  }

  public Request request() {
    return new Request(build());
  }
}
