package clinic.scheduling.sandbox.google.push;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sends the messages of channels in the background. A message is tried again after 500, 502, 503
 * and 504, a limited number of times; any other answer, and none, is final. Nothing is sent to
 * other machines, and nothing after {@link #close()}.
 */
public final class PushMessages implements AutoCloseable {
  private static final int THREADS = 4;
  private static final Set<Integer> TRIED_AGAIN = Set.of(500, 502, 503, 504);

  private final Clock clock;
  private final DeliveryLog log = new DeliveryLog();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          THREADS,
          run -> {
            Thread thread = new Thread(run, "google-push");
            thread.setDaemon(true);
            return thread;
          });
  private PushSettings settings = PushSettings.usual();
  private Random random = new Random(settings.seed());

  public PushMessages(Clock clock) {
    this.clock = clock;
  }

  private record Message(Channel channel, long number, String state, PushSettings settings) {}

  public synchronized PushSettings settings() {
    return settings;
  }

  /** Changes the settings for later messages. The random sequence of faults starts again. */
  public synchronized void configure(PushSettings changed) {
    settings = changed;
    random = new Random(changed.seed());
  }

  /** Forgets the deliveries, and uses the usual settings again. */
  public void reset() {
    configure(PushSettings.usual());
    log.clear();
  }

  public DeliveryLog log() {
    return log;
  }

  /**
   * Sends the first message of a channel at once.
   *
   * @return completed when it has been tried
   */
  public CompletableFuture<Void> sync(Channel channel) {
    CompletableFuture<Void> tried = new CompletableFuture<>();
    Message message = new Message(channel, 1, "sync", settings());
    schedule(message, 1, 0, () -> tried.complete(null));
    return tried;
  }

  /**
   * Sends "something changed", when {@code after} is completed.
   *
   * @param number larger than that of the previous message of the channel
   */
  public synchronized void exists(Channel channel, long number, CompletableFuture<Void> after) {
    Message message = new Message(channel, number, "exists", settings);
    boolean lost = random.nextDouble() < settings.drop();
    int copies = random.nextDouble() < settings.duplicate() ? 2 : 1;
    long delayMs = random.nextDouble() < settings.delay() ? settings.delayMs() : 0;
    if (lost) {
      record(message, 1, Delivery.LOST);
      return;
    }
    after.whenComplete(
        (done, failed) -> {
          for (int copy = 0; copy < copies; copy++) {
            schedule(message, 1, delayMs, () -> {});
          }
        });
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void schedule(Message message, int attempt, long delayMs, Runnable tried) {
    try {
      var unused =
          threads.schedule(() -> attempt(message, attempt, tried), delayMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      record(message, attempt, Delivery.LOST);
      tried.run();
    }
  }

  private void attempt(Message message, int attempt, Runnable tried) {
    try {
      int status = post(message);
      record(message, attempt, status);
      if (TRIED_AGAIN.contains(status) && attempt < message.settings().attempts()) {
        long waitMs = message.settings().backoffMs() << (attempt - 1);
        schedule(message, attempt + 1, waitMs, () -> {});
      }
    } finally {
      tried.run();
    }
  }

  private int post(Message message) {
    Channel channel = message.channel();
    if (!Channel.isLocal(channel.address())) {
      return Delivery.NOT_OURS;
    }
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(channel.address())
              .timeout(Duration.ofMillis(message.settings().timeoutMs()))
              .POST(HttpRequest.BodyPublishers.noBody());
      channel.headers(message.number(), message.state()).forEach(request::header);
      return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Delivery.NO_ANSWER;
    } catch (Exception e) {
      // All failures count as no answer.
      return Delivery.NO_ANSWER;
    }
  }

  private void record(Message message, int attempt, int status) {
    log.add(
        new Delivery(
            message.channel().id(),
            message.number(),
            message.state(),
            attempt,
            status,
            clock.instant()));
  }
}
