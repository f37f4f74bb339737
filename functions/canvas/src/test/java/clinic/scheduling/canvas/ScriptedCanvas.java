package clinic.scheduling.canvas;

import clinic.scheduling.sandbox.canvas.CanvasExamples.Example;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Handler;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that returns the given answers one after the other, and records the calls. */
public class ScriptedCanvas implements QuarkusTestResourceLifecycleManager {
  private static final Deque<Handler> ANSWERS = new ArrayDeque<>();
  static final List<Call> CALLS = new CopyOnWriteArrayList<>();
  static final AtomicInteger TOKENS = new AtomicInteger();
  private Server server;

  @Override
  public Map<String, String> start() {
    try {
      server = Server.start(0).mount("/canvas", this::answer).mount("/auth", this::token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "CANVAS_FHIR_URL", server.url() + "/canvas",
        "CANVAS_AUTH_URL", server.url() + "/auth/token/",
        "CANVAS_CLIENT_ID", "test-client",
        "CANVAS_CLIENT_SECRET", "test-secret",
        "quarkus.rest-client.canvas.read-timeout", "1500");
  }

  @Override
  public void stop() {
    server.close();
  }

  static void forget() {
    ANSWERS.clear();
    CALLS.clear();
    TOKENS.set(0);
  }

  static void answers(Handler... answers) {
    ANSWERS.addAll(List.of(answers));
  }

  static void answers(Example... examples) {
    for (Example example : examples) {
      ANSWERS.add(call -> reply(example));
    }
  }

  private Reply answer(Call call) throws Exception {
    CALLS.add(call);
    Handler next = ANSWERS.poll();
    return next == null ? Reply.text(599, "text/plain", "nothing more to say") : next.handle(call);
  }

  /**
   * Issues a token only for a correct request: with the slash at the end, a form body, and the
   * secret of the test client.
   */
  private Reply token(Call call) {
    boolean good =
        call.path().equals("/token/")
            && call.header("content-type")
                .orElse("")
                .startsWith("application/x-www-form-urlencoded")
            && call.form().get("grant_type").equals(List.of("client_credentials"))
            && call.form().get("client_secret").equals(List.of("test-secret"));
    return good
        ? Reply.json(
            200,
            "{\"access_token\":\"t%d-%s\",\"expires_in\":36000,\"token_type\":\"Bearer\"}"
                .formatted(TOKENS.incrementAndGet(), UUID.randomUUID()))
        : Reply.json(401, "{\"error\":\"invalid_client\"}");
  }

  private static Reply reply(Example example) {
    String body =
        example.responseBody().isTextual()
            ? example.responseBody().asText()
            : example.responseBody().toString();
    Reply reply = new Reply(example.status(), Map.of(), body.getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, String> header : example.responseHeaders().entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }
}
