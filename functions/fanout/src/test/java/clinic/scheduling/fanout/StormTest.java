package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.http.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A throttled provider is left alone, and never called by too many workers at once. */
@QuarkusTest
class StormTest extends SyncCase {
  private static final int MANY = 100_000;
  private static final int VISITS = 12;
  private static final Duration STORM = Duration.ofMinutes(3);

  @Test
  void inAStormTheCallRateFallsToATenth() {
    List<String> visits = visits();
    int calm = callsToGraph(visits, new Fault(Fault.Kind.SLOW, MANY, "", 0, "", null, 0));
    sandbox.graph().reset();

    int storm = callsToGraph(visits, new Fault(Fault.Kind.STATUS, MANY, "", 429, "", "30", 0));

    assertThat(storm).isPositive().isLessThanOrEqualTo(calm / 10);
    sandbox.graph().faults().clear();
    clock.move(Duration.ofMinutes(1));
    visits.forEach(visit -> assertThat(deliver(visit)).isEmpty());
    assertThat(calendars.outlook(INGRIDS)).hasSize(VISITS);
  }

  @Test
  void anOutageWithoutAWordAboutComingBackIsNotPressedEither() {
    List<String> visits = visits();
    int calm = callsToGraph(visits, new Fault(Fault.Kind.SLOW, MANY, "", 0, "", null, 0));
    sandbox.graph().reset();

    assertThat(callsToGraph(visits, new Fault(Fault.Kind.STATUS, MANY, "", 503, "", null, 0)))
        .isLessThanOrEqualTo(calm / 4);
  }

  @Test
  void theOtherCalendarKeepsItsPaceInAStorm() {
    sandbox.graph().faults().add(new Fault(Fault.Kind.STATUS, MANY, "", 429, "", "30", 0));

    visits().forEach(visit -> assertThat(deliver(visit)).hasSize(1));

    assertThat(calendars.google(INGRIDS)).hasSize(VISITS);
    assertThat(postponed.seconds()).hasSize(VISITS).allMatch(seconds -> seconds > 20);
  }

  @Test
  void aLongRetryAfterIsKeptThoughTheMessageComesBackBefore() {
    sandbox.graph().faults().add(new Fault(Fault.Kind.STATUS, 1, "", 429, "", "3600", 0));
    String visit = booked();
    deliver(visit);
    sandbox.graph().faults().add(new Fault(Fault.Kind.STATUS, 1, "", 500, "", null, 0));

    clock.move(Duration.ofMinutes(15));
    assertThat(deliver(visit)).hasSize(1);
    clock.move(Duration.ofMinutes(44));
    assertThat(deliver(visit)).hasSize(1);

    assertThat(sandbox.graph().faults().list()).as("no call was made").hasSize(1);
    sandbox.graph().faults().clear();
    clock.move(Duration.ofMinutes(2));
    assertThat(deliver(visit)).isEmpty();
    onlyInOutlook(INGRIDS);
  }

  /** At most four processes run, so at most four calls are at one mailbox. */
  @Test
  void onlyOneCallOfAProcessIsAtOneMailbox() throws Exception {
    settings("{\"concurrentPerMailbox\":0}");
    sandbox.graph().faults().add(new Fault(Fault.Kind.SLOW, MANY, "events", 0, "", null, 0.1));
    List<String> left = new ArrayList<>(visits());
    ExecutorService threads = Executors.newFixedThreadPool(VISITS);

    for (int round = 0; round < 20 && !left.isEmpty(); round++) {
      List<Callable<List<RuntimeException>>> deliveries = new ArrayList<>();
      left.forEach(visit -> deliveries.add(() -> deliver(visit)));
      List<Future<List<RuntimeException>>> fates =
          threads.invokeAll(deliveries, 30, TimeUnit.SECONDS);
      for (int i = left.size() - 1; i >= 0; i--) {
        if (fates.get(i).get().isEmpty()) {
          left.remove(i);
        }
      }
      clock.move(Duration.ofSeconds(2));
    }
    threads.shutdownNow();

    assertThat(left).isEmpty();
    assertThat(calendars.outlook(INGRIDS)).hasSize(VISITS);
    assertThat(state().path("mostConcurrent").asInt()).isEqualTo(1);
  }

  private List<String> visits() {
    List<String> visits = new ArrayList<>();
    for (int i = 0; i < VISITS; i++) {
      visits.add(booked());
    }
    return visits;
  }

  /** The number of calls while one notice arrives per second. */
  private int callsToGraph(List<String> visits, Fault counting) {
    sandbox.graph().faults().add(counting);
    for (int second = 0; second < STORM.toSeconds(); second++) {
      deliver(visits.get(second % visits.size()));
      clock.move(Duration.ofSeconds(1));
    }
    return MANY - sandbox.graph().faults().list().get(0).times();
  }

  private JsonNode state() throws IOException, InterruptedException {
    return mapper.readTree(send(request("/graph-control/state").GET().build()));
  }

  private void settings(String json) throws IOException, InterruptedException {
    send(
        request("/graph-control/settings").POST(HttpRequest.BodyPublishers.ofString(json)).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(sandbox.url() + path));
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
