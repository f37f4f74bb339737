package clinic.scheduling.sandbox.graph.subscriptions;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Delivers notices in the background. Those that are due together at one address share a body. The
 * order is not guaranteed, an answer other than 2xx leads to another attempt, and nothing is sent
 * after {@link #close()}. Delays are real time, also if the clock is a test's.
 */
final class NoticeSender implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int MOST_IN_BODY = 100;
  private static final int MOST_WAITING = 10_000;
  private static final int SUCCESS = 2;

  private final Clock clock;
  private final HttpClient http;
  private final DeliveryLog log = new DeliveryLog();
  private final Map<URI, Deque<Notice>> waiting = new HashMap<>();
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          THREADS,
          run -> {
            Thread thread = new Thread(run, "graph-notices");
            thread.setDaemon(true);
            return thread;
          });
  private NoticeSettings settings = NoticeSettings.usual();
  private Random random = new Random(settings.seed());
  private boolean watching;

  /** Counts the calls of {@link #clear()}, so that nothing older is sent again. */
  private int cleared;

  NoticeSender(Clock clock, HttpClient http) {
    this.clock = clock;
    this.http = http;
  }

  synchronized NoticeSettings settings() {
    return settings;
  }

  /** Changes the settings for later notices. The random sequence restarts. */
  synchronized void settings(NoticeSettings changed) {
    settings = changed;
    random = new Random(changed.seed());
  }

  DeliveryLog log() {
    return log;
  }

  /** Runs a task again and again in the background, from the first call on. */
  synchronized void watch(Runnable task, Duration pause) {
    if (!watching) {
      watching = true;
      var unused =
          threads.scheduleWithFixedDelay(
              task, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  synchronized void send(Notice notice) {
    if (random.nextDouble() < settings.dropFraction()) {
      lose(notice);
      return;
    }
    boolean late = random.nextDouble() < settings.slowFraction();
    boolean twice = random.nextDouble() < settings.duplicateFraction();
    for (int copy = 0; copy <= (twice ? 1 : 0); copy++) {
      if (late) {
        schedule(() -> enqueue(notice), settings.slowMs(), List.of(notice));
      } else {
        enqueue(notice);
      }
    }
  }

  /** Notes that a notice was not sent. */
  void lose(Notice notice) {
    record(List.of(notice), 0, NoticeDelivery.LOST);
  }

  /** Forgets what is waiting, and the log. */
  synchronized void clear() {
    cleared++;
    waiting.clear();
    log.clear();
    settings(NoticeSettings.usual());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private synchronized void enqueue(Notice notice) {
    Deque<Notice> queue = waiting.computeIfAbsent(notice.url(), url -> new ArrayDeque<>());
    if (queue.size() >= MOST_WAITING) {
      lose(notice);
      return;
    }
    queue.add(notice);
    if (queue.size() == 1) {
      schedule(() -> flush(notice.url()), settings.delayMs(), List.of(notice));
    }
  }

  private void flush(URI url) {
    List<Notice> due = take(url);
    while (!due.isEmpty()) {
      attempt(due, 1, cleared());
      due = take(url);
    }
  }

  private synchronized List<Notice> take(URI url) {
    Deque<Notice> queue = waiting.getOrDefault(url, new ArrayDeque<>());
    List<Notice> due = new ArrayList<>();
    while (due.size() < MOST_IN_BODY && !queue.isEmpty()) {
      due.add(queue.remove());
    }
    if (queue.isEmpty()) {
      waiting.remove(url);
    }
    return List.copyOf(due);
  }

  private synchronized int cleared() {
    return cleared;
  }

  private void attempt(List<Notice> notices, int attempt, int since) {
    if (cleared() != since) {
      return;
    }
    NoticeSettings now = settings();
    int status = post(notices, now);
    record(notices, attempt, status);
    if (status / 100 != SUCCESS) {
      if (attempt < now.attempts()) {
        long pause = now.backoffMs() << (attempt - 1);
        schedule(() -> attempt(notices, attempt + 1, since), pause, notices);
      } else {
        record(notices, attempt, NoticeDelivery.GIVEN_UP);
        tellOfMissed(notices, now);
      }
    }
  }

  private void tellOfMissed(List<Notice> notices, NoticeSettings now) {
    if (now.missedAfterGivingUp()) {
      notices.stream()
          .filter(notice -> !notice.lifecycle())
          .map(Notice::subscription)
          .distinct()
          .forEach(
              subscription ->
                  subscription
                      .lifecycle()
                      .map(url -> Notice.of(Notice.LifecycleEvent.missed, subscription, url))
                      .ifPresent(this::enqueue));
    }
  }

  private int post(List<Notice> notices, NoticeSettings now) {
    HttpRequest request =
        HttpRequest.newBuilder(notices.get(0).url())
            .timeout(Duration.ofMillis(now.timeoutMs()))
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(body(notices)))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return NoticeDelivery.NO_ANSWER;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NoticeDelivery.NO_ANSWER;
    }
  }

  private void schedule(Runnable task, long delayMs, List<Notice> about) {
    try {
      var unused = threads.schedule(task, delayMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      record(about, 0, NoticeDelivery.LOST);
    }
  }

  private void record(List<Notice> notices, int attempt, int status) {
    log.add(
        new NoticeDelivery(
            notices.get(0).url().toString(), body(notices), attempt, status, clock.instant()));
  }

  private static String body(List<Notice> notices) {
    ObjectNode body = Json.object();
    ArrayNode value = body.putArray("value");
    notices.forEach(notice -> value.add(notice.content()));
    return body.toString();
  }
}
