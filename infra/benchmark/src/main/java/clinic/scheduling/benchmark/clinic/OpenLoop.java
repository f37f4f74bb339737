package clinic.scheduling.benchmark.clinic;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An open-loop load generator: it sends requests at fixed times, even if responses are late, and
 * measures from the time at which a request was due. So a system that stalls does not get less
 * load.
 */
public final class OpenLoop {
  private final WebClient web;
  private final Supplier<Call> calls;

  public OpenLoop(WebClient web, Supplier<Call> calls) {
    this.web = web;
    this.calls = calls;
  }

  /** What to send, the kind of request, and who gets the response. */
  public record Call(
      String kind, HttpRequest.Builder request, Consumer<HttpResponse<String>> heard) {}

  /**
   * One request.
   *
   * @param due when it had to be sent, in seconds from the start
   * @param status 0 if there was no answer
   */
  public record Sample(double due, String kind, int status, long nanos) {}

  public List<Sample> run(int perSecond, Duration time) {
    long gap = 1_000_000_000L / perSecond;
    int count = Math.toIntExact(time.toNanos() / gap);
    List<CompletableFuture<Sample>> samples = new ArrayList<>(count);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + i * gap;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      samples.add(send(calls.get(), due, (double) i / perSecond));
    }
    return samples.stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<Sample> send(Call call, long due, double second) {
    return web.sendAside(call.request())
        .handle(
            (answer, failure) -> {
              long nanos = System.nanoTime() - due;
              return new Sample(second, call.kind(), status(call, answer), nanos);
            });
  }

  private static int status(Call call, @Nullable HttpResponse<String> answer) {
    if (answer == null) {
      return 0;
    }
    call.heard().accept(answer);
    return answer.statusCode();
  }
}
