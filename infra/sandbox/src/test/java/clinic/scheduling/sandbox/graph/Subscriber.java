package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** An address for notices. It agrees to subscriptions, and answers notices as told, then 202. */
final class Subscriber implements AutoCloseable {
  private final Server server;
  private final List<Call> bodies = new CopyOnWriteArrayList<>();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final List<Call> handshakes = new CopyOnWriteArrayList<>();
  private volatile UnaryOperator<String> agreement = token -> token;
  private volatile String type = "text/plain";
  private volatile int status = 200;

  Subscriber() throws IOException {
    server = Server.start(0);
    server.mount("/notices", this::handle);
  }

  private Reply handle(Call call) {
    if (call.query("validationToken").isPresent()) {
      handshakes.add(call);
      return Reply.text(status, type, agreement.apply(call.query("validationToken").get()));
    }
    bodies.add(call);
    Integer answer = answers.poll();
    return Reply.empty(answer == null ? 202 : answer);
  }

  String url() {
    return server.url() + "/notices";
  }

  List<Call> handshakes() {
    return List.copyOf(handshakes);
  }

  void agreesWith(int newStatus, String newType, UnaryOperator<String> newAgreement) {
    status = newStatus;
    type = newType;
    agreement = newAgreement;
  }

  void answersNext(Integer... next) {
    answers.addAll(List.of(next));
  }

  /** All notices so far, once there are so many. */
  List<JsonNode> notices(int count) throws IOException {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> notices().size() >= count);
    return notices();
  }

  private List<JsonNode> notices() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (Call body : bodies) {
      Json.read(body.text()).get("value").forEach(all::add);
    }
    return all;
  }

  /** All notices once nothing more can be on its way. */
  List<JsonNode> noticesAfter(Duration quiet) throws Exception {
    Thread.sleep(quiet.toMillis());
    return notices();
  }

  int bodies() {
    return bodies.size();
  }

  @Override
  public void close() {
    server.close();
  }
}
