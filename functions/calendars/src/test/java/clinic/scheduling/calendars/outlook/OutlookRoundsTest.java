package clinic.scheduling.calendars.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.keys.SimulatedKeys;
import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendaraccess.outlook.GraphTokens;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.calendars.meeting.MeetingChange;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.MovableClock;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A round ends within its limits, whatever Graph answers, and nothing is concluded from half of it.
 * Here Graph answers in ways that the sandbox does not.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class OutlookRoundsTest {
  private static final String MAILBOX = "ingrid.testwell@example.invalid";
  private static final Interval WINDOW =
      new Interval(Instant.parse("2027-02-01T08:00:00Z"), Instant.parse("2027-04-01T07:00:00Z"));

  @Inject GraphTokens tokens;

  private final MovableClock clock = MovableClock.at("2027-02-02T12:00:00Z");
  private final List<String> requests = new ArrayList<>();
  private Duration each = Duration.ZERO;
  private Function<String, String> delta = path -> page("", "\"@odata.deltaLink\":\"%s\"");
  private Function<String, String> view = path -> "{\"value\":[]}";

  /** An empty answer stands for an event that is not found. */
  private Function<String, String> byId = path -> "";

  private HttpServer graph;
  private OutlookMeetings meetings;

  @BeforeEach
  void startGraph() throws IOException {
    graph = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    graph.createContext("/", this::answer);
    graph.start();
    meetings =
        new OutlookMeetings(
            new Graph(SimulatedKeys.graph(Map.of("GRAPH_URL", url())), tokens, clock), clock);
  }

  @AfterEach
  void stopGraph() {
    graph.stop(0);
  }

  @Test
  void anEventWithoutAnIdMakesTheRoundUnreadable() {
    delta = path -> page("{\"type\":\"singleInstance\"}", "\"@odata.deltaLink\":\"%s\"");

    assertThat(readAll()).isEqualTo(refused("event-without-id"));
  }

  @Test
  void aLastPageWithoutALinkMakesTheRoundUnreadable() {
    delta = path -> "{\"value\":[]}";

    assertThat(readAll()).isEqualTo(refused("no-delta-link"));
  }

  @Test
  void aRoundThatTakesTooLongIsGivenUp() {
    each = Duration.ofSeconds(3);
    delta = path -> page("", "\"@odata.nextLink\":\"%s\"");

    assertThat(readAll()).isEqualTo(new MeetingRound.Unreadable(busy()));
    assertThat(requests).hasSizeLessThanOrEqualTo(15);

    requests.clear();
    delta =
        path ->
            page(
                IntStream.range(0, 50)
                    .mapToObj(n -> event("e" + n, ""))
                    .collect(Collectors.joining(",")),
                "\"@odata.deltaLink\":\"%s\"");
    assertThat(readAll()).isEqualTo(new MeetingRound.Unreadable(busy()));
    assertThat(requests).as("as many events by their ids").hasSizeLessThanOrEqualTo(15);
  }

  @Test
  void aRoundOfTooManyPagesIsGivenUp() {
    delta = path -> page("", "\"@odata.nextLink\":\"%s\"");

    assertThat(readAll()).isEqualTo(new MeetingRound.TooMany(MeetingSource.MOST_INSTANCES));
    assertThat(requests).hasSize(101);
    assertThat(meetings.changesSince(MAILBOX, WINDOW, url() + "/delta?next"))
        .isEqualTo(new MeetingRound.CursorExpired());
  }

  @Test
  void whatTheViewDoesNotShowIsReadByItsId() {
    delta =
        path -> page(event("seen", "") + "," + event("gone", ""), "\"@odata.deltaLink\":\"%s\"");
    byId = path -> path.contains("/seen") ? event("seen", ",\"showAs\":\"free\"") : "";

    MeetingRound.Read round = (MeetingRound.Read) readAll();

    assertThat(round.changes()).contains(new MeetingChange.Removed("gone"));
    assertThat(present(round)).extracting(Meeting::id).containsExactly("seen");
    assertThat(present(round))
        .extracting(Meeting::availability)
        .containsExactly(Meeting.Availability.FREE);
  }

  @Test
  void ifTheViewLacksTooMuchTheRoundIsNotUsed() {
    String events =
        IntStream.range(0, 120).mapToObj(n -> event("e" + n, "")).collect(Collectors.joining(","));
    delta = path -> page(events, "\"@odata.deltaLink\":\"%s\"");

    assertThat(readAll()).isEqualTo(new MeetingRound.Unreadable(busy()));
    assertThat(requests).hasSizeLessThanOrEqualTo(103);
  }

  @Test
  void aSeriesThatTheRoundDoesNotShowIsReadOnce() {
    String instances = instances("series", 5);
    delta = path -> page(instances, "\"@odata.deltaLink\":\"%s\"");
    view = path -> "{\"value\":[" + instances + "]}";
    byId = path -> event("series", ",\"type\":\"seriesMaster\",\"iCalUId\":\"uid-of-series\"");

    MeetingRound.Read round = (MeetingRound.Read) readAll();

    assertThat(present(round)).hasSize(5).extracting(Meeting::uid).containsOnly("uid-of-series");
    assertThat(requests).filteredOn(it -> it.contains("/events/")).hasSize(1);
  }

  @Test
  void aSeriesWithTooManyInstancesIsNotUsed() {
    String instances = instances("series", MeetingSource.MOST_OF_A_SERIES + 1);
    delta = path -> page(instances, "\"@odata.deltaLink\":\"%s\"");
    view = path -> "{\"value\":[" + instances + "]}";
    byId = path -> event("series", ",\"type\":\"seriesMaster\",\"iCalUId\":\"uid-of-series\"");

    assertThat(readAll()).isEqualTo(new MeetingRound.TooMany(MeetingSource.MOST_OF_A_SERIES));
  }

  @Test
  void anEventInAnUnknownZoneKeepsNoOtherFromBeingRead() {
    String events =
        event("odd", "").replace("UTC", "Atlantis Standard Time") + "," + event("usual", "");
    delta = path -> page(events, "\"@odata.deltaLink\":\"%s\"");
    view = path -> "{\"value\":[" + events + "]}";

    assertThat(present((MeetingRound.Read) readAll()))
        .extracting(Meeting::id)
        .containsExactly("odd", "usual");
  }

  private MeetingRound readAll() {
    return meetings.readAll(MAILBOX, WINDOW);
  }

  private static List<Meeting> present(MeetingRound.Read round) {
    return round.changes().stream()
        .flatMap(
            change ->
                change
                    .<List<Meeting>>fold(it -> List.of(it.meeting()), removed -> List.of())
                    .stream())
        .toList();
  }

  private static MeetingRound refused(String code) {
    return new MeetingRound.Unreadable(new CalendarOutcome.Refused(code));
  }

  private static CalendarOutcome.Busy busy() {
    return CalendarOutcome.Busy.notVisibleYet();
  }

  private String page(String events, String link) {
    return "{\"value\":[%s],%s}".formatted(events, link.formatted(url() + "/delta?next"));
  }

  private static String instances(String series, int many) {
    return IntStream.range(0, many)
        .mapToObj(
            n ->
                event(
                    series + "-" + n,
                    ",\"type\":\"occurrence\",\"seriesMasterId\":\"" + series + "\""))
        .collect(Collectors.joining(","));
  }

  private static String event(String id, String more) {
    return """
        {"id": "%s", "start": {"dateTime": "2027-02-03T17:00:00", "timeZone": "UTC"},
         "end": {"dateTime": "2027-02-03T17:30:00", "timeZone": "UTC"}%s}
        """
        .formatted(id, more);
  }

  private String url() {
    return "http://127.0.0.1:" + graph.getAddress().getPort();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(path);
    clock.move(each);
    String body = "";
    if (path.contains("/events/")) {
      body = byId.apply(path);
    } else {
      body = path.contains("delta") ? delta.apply(path) : view.apply(path);
    }
    String shown =
        body.isEmpty() ? "{\"error\":{\"code\":\"ErrorItemNotFound\",\"message\":\"\"}}" : body;
    byte[] bytes = shown.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(body.isEmpty() ? 404 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
