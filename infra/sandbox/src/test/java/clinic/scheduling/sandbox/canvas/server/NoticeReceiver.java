package clinic.scheduling.sandbox.canvas.server;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/**
 * A subscriber that keeps the notices that it gets. It gives the prepared answers first, then 202.
 */
final class NoticeReceiver implements AutoCloseable {
  private final Server server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

  NoticeReceiver(Integer... answers) throws IOException {
    this.answers.addAll(List.of(answers));
    server = Server.start(0);
    server.mount(
        "/webhooks/canvas",
        call -> {
          calls.add(call);
          Integer answer = this.answers.poll();
          return Reply.empty(answer == null ? 202 : answer);
        });
  }

  String url() {
    return server.url() + "/webhooks/canvas";
  }

  /** Waits for this number of calls, and returns them. */
  List<Call> calls(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> calls.size() >= count);
    return List.copyOf(calls);
  }

  JsonNode body(int index) throws IOException {
    return Json.MAPPER.readTree(calls(index + 1).get(index).text());
  }

  /** The number of calls, counted once no further call can arrive. */
  int countAfter(Duration quiet) throws InterruptedException {
    Thread.sleep(quiet.toMillis());
    return calls.size();
  }

  @Override
  public void close() {
    server.close();
  }
}
