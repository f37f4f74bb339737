package clinic.scheduling.sandbox.canvas.notices;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Sends notices of every change to the subscribers, in the background. The order is not guaranteed,
 * and nothing is sent after {@link #close()}.
 */
public final class Notifier implements AutoCloseable {
  private static final int THREADS = 4;

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
            Thread thread = new Thread(run, "canvas-notices");
            thread.setDaemon(true);
            return thread;
          });
  private NotificationSettings settings = NotificationSettings.quiet();
  private Random random = new Random(settings.seed());
  private long announced;

  public Notifier(Clock clock) {
    this.clock = clock;
  }

  public synchronized NotificationSettings settings() {
    return settings;
  }

  /** Changes the settings for later notices. The random sequence of losses and delays restarts. */
  public synchronized void configure(UnaryOperator<NotificationSettings> change) {
    settings = change.apply(settings);
    random = new Random(settings.seed());
    announced = 0;
  }

  public DeliveryLog log() {
    return log;
  }

  /** Sends the notice of this change, if the style has one. */
  public synchronized void announce(AppointmentChange change) {
    NotificationSettings now = settings;
    new NoticeBody(now, clock)
        .of(change)
        .ifPresent(
            body -> {
              String id = "msg_" + UUID.randomUUID();
              announced++;
              boolean lost = lost(now);
              for (String subscriber : now.subscribers()) {
                Notice notice = new Notice(id, subscriber, body.toString(), now);
                for (int copy = 0; copy <= now.repeats(); copy++) {
                  send(notice, lost);
                }
              }
            });
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private boolean lost(NotificationSettings now) {
    boolean nth = now.loseEvery() > 0 && announced % now.loseEvery() == 0;
    boolean unlucky = now.loseProbability() > 0 && random.nextDouble() < now.loseProbability();
    return nth || unlucky;
  }

  private void send(Notice notice, boolean lost) {
    if (lost) {
      record(notice, 1, Delivery.LOST);
      return;
    }
    NotificationSettings now = notice.settings();
    long shuffle = now.outOfOrder() ? (long) (random.nextDouble() * now.shuffleMs()) : 0;
    schedule(notice, 1, now.delayMs() + shuffle);
  }

  private void schedule(Notice notice, int attempt, long delayMs) {
    try {
      var unused = threads.schedule(() -> attempt(notice, attempt), delayMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      record(notice, attempt, Delivery.LOST);
    }
  }

  private void attempt(Notice notice, int attempt) {
    int status = post(notice);
    record(notice, attempt, status);
    if (notice.triesAgain(attempt, status)) {
      schedule(notice, attempt + 1, notice.settings().backoffMs() << (attempt - 1));
    }
  }

  private int post(Notice notice) {
    byte[] body = notice.body().getBytes(StandardCharsets.UTF_8);
    NotificationSettings now = notice.settings();
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(notice.subscriber()))
              .timeout(Duration.ofMillis(now.timeoutMs()))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      now.signature(notice.id(), clock.instant(), body).forEach(request::header);
      if (!now.bearer().isEmpty()) {
        request.header("Authorization", "Bearer " + now.bearer());
      }
      return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Delivery.NO_ANSWER;
    } catch (Exception e) {
      // Every failure of the call counts as no answer.
      return Delivery.NO_ANSWER;
    }
  }

  private void record(Notice notice, int attempt, int status) {
    log.add(
        new Delivery(
            notice.id(), notice.subscriber(), notice.body(), attempt, status, clock.instant()));
  }

  private record Notice(String id, String subscriber, String body, NotificationSettings settings) {
    boolean triesAgain(int attempt, int status) {
      boolean failed = status == Delivery.NO_ANSWER || settings.retryStatuses().contains(status);
      return failed && settings.style() != NoticeStyle.SEED && attempt < settings.attempts();
    }
  }
}
