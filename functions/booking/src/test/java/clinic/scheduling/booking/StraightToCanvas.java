package clinic.scheduling.booking;

import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.CutOff;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Connects the real Canvas client to the sandbox without sockets, for a test that makes tens of
 * thousands of calls. Faulty statuses, HTML and cut connections occur as over HTTP. Time-outs of
 * the client do not occur.
 */
@Singleton
class StraightToCanvas {
  private static final String MOUNT = "/canvas";

  private final AtomicReference<Optional<Sandbox>> to = new AtomicReference<>(Optional.empty());
  private final ObjectMapper json;

  StraightToCanvas(ObjectMapper json) {
    this.json = json;
  }

  void open(Sandbox sandbox) {
    to.set(Optional.of(sandbox));
  }

  void close() {
    to.set(Optional.empty());
  }

  void pass(ClientRequestContext request) {
    to.get().ifPresent(sandbox -> request.abortWith(answer(sandbox, request)));
  }

  private Response answer(Sandbox sandbox, ClientRequestContext request) {
    try {
      return response(sandbox.canvas().answer(call(request)));
    } catch (CutOff cut) {
      throw new ProcessingException(cut);
    } catch (Exception e) {
      // An exception of the sandbox must not look like a lost answer.
      throw new AssertionError("the sandbox has failed", e);
    }
  }

  private Call call(ClientRequestContext request) throws JsonProcessingException {
    URI uri = request.getUri();
    Map<String, List<String>> headers = new HashMap<>();
    request
        .getStringHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    return new Call(
        request.getMethod(),
        uri.getPath().substring(MOUNT.length()),
        uri.getRawPath().substring(MOUNT.length()),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        headers,
        request.hasEntity() ? json.writeValueAsBytes(request.getEntity()) : new byte[0]);
  }

  private static Response response(Reply reply) {
    Response.ResponseBuilder response = Response.status(reply.status()).header("Date", now());
    reply.headers().forEach(response::header);
    if (reply.body().length > 0) {
      response.entity(new ByteArrayInputStream(reply.body()));
    }
    return response.build();
  }

  /** The time of the sandbox's clock, as its HTTP server reports it. */
  private static String now() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
  }
}
