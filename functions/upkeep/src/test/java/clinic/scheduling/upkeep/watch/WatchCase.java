package clinic.scheduling.upkeep.watch;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendarintake.ReceiveCalendarNotice;
import clinic.scheduling.calendarintake.SimulatedCalendarIntake;
import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.calendars.effect.SimulatedWatches;
import clinic.scheduling.calendars.subscription.WatchProvider;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.subscription.CalendarNotices;
import clinic.scheduling.core.subscription.CalendarWatches;
import clinic.scheduling.core.subscription.Watch;
import clinic.scheduling.meetings.rows.MirroredCalendars;
import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.upkeep.LongLife;
import clinic.scheduling.upkeep.ResumePoint;
import clinic.scheduling.upkeep.TaskRequest;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Shared by the tests of renewals and polls: the stand-ins of both providers, which call the real
 * intake, and the tasks on a table that a run can lose.
 */
@QuarkusTestResource(OutsideWorld.class)
@QuarkusTestResource(LongLife.class)
abstract class WatchCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Mounted once: the server is shared by all test classes. */
  private static final Map<Integer, Intake> INTAKES = new HashMap<>();

  @Inject @All List<WatchProvider> providers;
  Sandbox sandbox;
  final MovableClock clock = new MovableClock(Clock.systemUTC().instant());
  final MemoryRows table = new MemoryRows(clock);
  final RunRows rows = new RunRows(table);
  final MemoryQueue<CalendarChange> queue = new MemoryQueue<>(clock);
  final CalendarWatches watches = new CalendarWatches(table, clock);
  final Practice practice = practice(true);
  LogLines log;
  Intake intake;

  final CalendarBinding outlook = binding(0, Provider.OUTLOOK);
  final CalendarBinding google = binding(0, Provider.GOOGLE);

  /** The intake behind the public address; a test can close it. */
  static final class Intake {
    private volatile ReceiveCalendarNotice function;
    private volatile int status;
    private volatile boolean handshakes;

    Reply handle(Call call, String path) {
      if (status != 0 && !(handshakes && call.query("validationToken").isPresent())) {
        return Reply.empty(status);
      }
      APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
      event.setRouteKey(call.method() + " " + path);
      event.setRawQueryString(call.rawQuery());
      Map<String, String> headers = new HashMap<>();
      call.headers().forEach((name, values) -> headers.put(name, values.get(0)));
      event.setHeaders(headers);
      event.setBody(new String(call.body(), StandardCharsets.UTF_8));
      APIGatewayV2HTTPResponse answer = function.receiveCalendarNotice(event);
      Reply reply =
          new Reply(
              answer.getStatusCode(), Map.of(), answer.getBody().getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, String> header : answer.getHeaders().entrySet()) {
        reply = reply.with(header.getKey(), header.getValue());
      }
      return reply;
    }

    void answersOnly(int code) {
      status = code;
      handshakes = false;
    }

    void answersOnlyHandshakes(int code) {
      status = code;
      handshakes = true;
    }
  }

  /** The table as a run sees it: it can be lost after some writes, as if the run had died. */
  static final class RunRows implements Rows {
    private final Rows rows;
    private int writesLeft = Integer.MAX_VALUE;
    private Runnable beforeEachWrite = () -> {};

    RunRows(Rows rows) {
      this.rows = rows;
    }

    void dieAfter(int writes) {
      writesLeft = writes;
    }

    void beforeEachWrite(Runnable what) {
      beforeEachWrite = what;
    }

    @Override
    public Optional<Row> read(RowKey key) {
      return rows.read(key);
    }

    @Override
    public RowPage page(String partition, String prefix, String after, int most) {
      return rows.page(partition, prefix, after, most);
    }

    @Override
    public boolean write(List<Row> wanted) {
      beforeEachWrite.run();
      if (writesLeft-- <= 0) {
        throw new Killed();
      }
      return rows.write(wanted);
    }

    @Override
    public boolean count(RowKey key, int limit, Instant expires) {
      return rows.count(key, limit, expires);
    }
  }

  /** The process is gone. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void quiet() {
    sandbox.graph().reset();
    sandbox.google().reset();
    intake =
        INTAKES.computeIfAbsent(
            sandbox.server().port(),
            port -> {
              Intake mounted = new Intake();
              for (String path : List.of("/webhooks/outlook", "/webhooks/google")) {
                sandbox.server().mount(path, call -> mounted.handle(call, path));
              }
              return mounted;
            });
    intake.status = 0;
    intake.function =
        SimulatedCalendarIntake.on(table, queue, () -> practice, clock, millis -> sleep(millis));
    log = new LogLines();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The example, in which the calendars of both clinicians block time, or none does. */
  static Practice practice(boolean mirrored) {
    return practice(mirrored, UnaryOperator.identity());
  }

  private static Practice practice(boolean mirrored, UnaryOperator<String> change) {
    try {
      String example = change.apply(Files.readString(Path.of("../../infra/practice.example.json")));
      return PracticeReader.read(
          mirrored
              ? example
                  .replace("\"direction\": \"from-canvas\"", "\"direction\": \"both\"")
                  .replaceFirst(
                      "\\{",
                      "{\"meetings\": {\"eventType\": {\"system\": \"http://example.invalid\","
                          + " \"code\": \"busy\", \"display\": \"Busy\"}},")
              : example);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All calendars block time, and both clinicians have the same two mailboxes. */
  static Practice sharedMailboxes() {
    return practice(true, example -> example.replace("omar.samplesson@", "ingrid.testwell@"));
  }

  private CalendarBinding binding(int clinician, Provider provider) {
    return practice.practitioners().get(clinician).calendars().stream()
        .filter(one -> one.provider() == provider)
        .findFirst()
        .orElseThrow();
  }

  final List<CalendarBinding> allCalendars() {
    return practice.practitioners().stream().flatMap(who -> who.calendars().stream()).toList();
  }

  final JsonNode renew() {
    return renew(practice, sandbox.url());
  }

  final JsonNode renew(Practice document, URI publicUrl) {
    return renew(
        document,
        SimulatedWatchTasks.address(publicUrl, sandbox.url()),
        Deadline.in(Duration.ofSeconds(290), clock));
  }

  final JsonNode renew(Practice document, WatchAddress address, Deadline deadline) {
    CalendarWatches own = new CalendarWatches(rows, clock);
    return new RenewWatches(
            new WatchedCalendars(document, own),
            renewCalendar(address),
            new StopStrays(own, SimulatedWatches.on(rows, providers, clock), address, clock),
            address,
            new ResumePoint(rows, clock),
            clock)
        .run(request("renewals"), deadline);
  }

  final JsonNode poll() {
    return poll(practice);
  }

  final JsonNode poll(Practice document) {
    CalendarWatches own = new CalendarWatches(rows, clock);
    return new PollCalendars(
            new WatchedCalendars(document, own),
            new MirroredCalendars(rows, clock),
            new CalendarNotices(rows, clock),
            own,
            renewCalendar(SimulatedWatchTasks.address(sandbox.url(), sandbox.url())),
            queue,
            rows,
            clock)
        .run(request("polls"), Deadline.in(Duration.ofSeconds(290), clock));
  }

  private RenewCalendar renewCalendar(WatchAddress address) {
    return new RenewCalendar(
        new CalendarWatches(rows, clock),
        SimulatedWatches.on(rows, providers, clock),
        address,
        queue,
        clock);
  }

  private static TaskRequest request(String task) {
    return new TaskRequest(
        task, Optional.empty(), Optional.empty(), Optional.empty(), false, false);
  }

  final List<String> queued() {
    return queue.sent().stream().map(CalendarChange::binding).toList();
  }

  final List<JsonNode> subscriptions() {
    return each(control("GET", "/graph-control/subscriptions", "").path("subscriptions"));
  }

  final List<JsonNode> channels() {
    return each(control("GET", "/google-control/channels", "").path("channels")).stream()
        .filter(channel -> channel.path("live").asBoolean())
        .toList();
  }

  final void lifecycle(String subscription, String event) {
    control(
        "POST",
        "/graph-control/subscriptions/" + subscription + "/lifecycle",
        "{\"event\":\"" + event + "\"}");
  }

  final JsonNode control(String method, String path, String body) {
    try {
      HttpResponse<String> answer =
          HTTP.send(
              HttpRequest.newBuilder(URI.create(sandbox.url() + path))
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
      return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  final Watch only(CalendarBinding calendar) {
    List<Watch> all = watches.of(calendar.key());
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static List<JsonNode> each(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all;
  }
}
