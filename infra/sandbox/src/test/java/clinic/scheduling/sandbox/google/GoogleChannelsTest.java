package clinic.scheduling.sandbox.google;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleChannelsTest {
  private static final String STOP = "/google/calendar/v3/channels/stop";

  private final List<Call> received = new CopyOnWriteArrayList<>();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  private GoogleCalendar google;

  @BeforeEach
  void start() throws Exception {
    google = new GoogleCalendar();
    google.server.mount("/hook", this::receive);
  }

  @AfterEach
  void stop() {
    google.close();
  }

  private Reply receive(Call call) {
    received.add(call);
    Integer answer = answers.poll();
    return Reply.empty(answer == null ? 204 : answer);
  }

  @Test
  void theSyncMessageIsFirstAndMayComeBeforeTheAnswer() throws Exception {
    JsonNode channel = watch(body("one").put("token", "secret")).json();

    assertThat(received).hasSize(1);
    Call sync = received.get(0);
    assertThat(sync.method()).isEqualTo("POST");
    assertThat(sync.body()).isEmpty();
    assertThat(sync.header("Content-Length")).contains("0");
    assertThat(sync.header("User-Agent")).contains("APIs-Google");
    assertThat(header(sync, "Resource-State")).isEqualTo("sync");
    assertThat(header(sync, "Message-Number")).isEqualTo("1");
    assertThat(header(sync, "Channel-ID")).isEqualTo("one");
    assertThat(header(sync, "Channel-Token")).isEqualTo("secret");
    assertThat(header(sync, "Resource-ID")).isEqualTo(channel.get("resourceId").asText());
    assertThat(header(sync, "Resource-URI")).isEqualTo(channel.get("resourceUri").asText());
    assertThat(header(sync, "Channel-Expiration")).isEqualTo("Mon, 9 Feb 2026 18:00:00 GMT");
    assertThat(channel.get("kind").asText()).isEqualTo("api#channel");
    assertThat(expiration(channel)).isEqualTo(GoogleCalendar.NOW.plus(Duration.ofDays(7)));
    assertThat(google.google.watch().broken()).isEmpty();
  }

  @Test
  void aReceiverThatIsSlowDoesNotHoldTheAnswerForever() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    google.server.mount(
        "/slow",
        call -> {
          received.add(call);
          late.await();
          return Reply.empty(204);
        });

    Http.Answer answer = watch(body("one").put("address", google.server.url() + "/slow"));
    google.insert(GoogleCalendar.event(""));
    Thread.sleep(50);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(received).as("nothing comes before the sync message is through").hasSize(1);
    late.countDown();
    assertThat(header(received(2).get(1), "Resource-State")).isEqualTo("exists");
  }

  @Test
  void eachChangeTellsEveryLiveChannelWithRisingNumbers() throws Exception {
    watch(body("one"));
    watch(body("two"));

    google.insert(GoogleCalendar.event(",\"id\":\"bk0001abc\""));
    google.hand("DELETE", "/bk0001abc", "");

    List<Call> all = received(6);
    for (String id : List.of("one", "two")) {
      List<Long> numbers =
          all.stream()
              .filter(call -> header(call, "Channel-ID").equals(id))
              .map(call -> Long.valueOf(header(call, "Message-Number")))
              .sorted()
              .toList();
      assertThat(numbers).hasSize(3).doesNotHaveDuplicates().startsWith(1L);
    }
    assertThat(all.subList(2, 6)).allMatch(call -> header(call, "Resource-State").equals("exists"));
    assertThat(all).allMatch(call -> call.body().length == 0);
  }

  @Test
  void anotherCalendarsChangeIsNoMessage() throws Exception {
    watch(body("one"));

    google
        .as("omar.samplesson@example.invalid")
        .json("POST", "/google/calendar/v3/calendars/primary/events", GoogleCalendar.event(""));

    Thread.sleep(100);
    assertThat(received).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"500,3", "502,3", "503,3", "504,3", "400,2", "429,2", "404,2", "302,2"})
  void onlySomeFailuresAreTriedAgain(int status, int calls) throws Exception {
    google.control("push", "{\"backoffMs\":1}");
    watch(body("one"));
    answers.add(status);

    google.insert(GoogleCalendar.event(""));

    List<Call> all = received(calls);
    Thread.sleep(50);
    assertThat(received).hasSize(calls);
    assertThat(header(all.get(calls - 1), "Message-Number"))
        .isEqualTo(header(all.get(1), "Message-Number"));
  }

  @Test
  void aMessageIsTriedALimitedNumberOfTimes() throws Exception {
    google.control("push", "{\"backoffMs\":1,\"attempts\":3}");
    watch(body("one"));
    answers.addAll(List.of(503, 503, 503, 503));

    google.insert(GoogleCalendar.event(""));

    received(4);
    Thread.sleep(50);
    assertThat(received).hasSize(4);
    assertThat(deliveries().findValuesAsText("attempt")).containsExactly("1", "1", "2", "3");
  }

  @Test
  void aStoppedChannelIsSilentAndStoppingNeedsBothIds() throws Exception {
    String resource = watch(body("one")).json().get("resourceId").asText();

    assertThat(stop("one", "other").status()).isEqualTo(404);
    assertThat(stop("two", resource).status()).isEqualTo(404);
    assertThat(stop("one", resource).status()).isEqualTo(204);
    assertThat(stop("one", resource).status()).isEqualTo(404);
    google.insert(GoogleCalendar.event(""));

    Thread.sleep(100);
    assertThat(received).hasSize(1);
  }

  @Test
  void aChannelEndsWhenItsTimeIsOver() throws Exception {
    watch(body("one").put("expiration", millis(Duration.ofMinutes(10))));
    google.clock.advance(Duration.ofMinutes(10));

    google.insert(GoogleCalendar.event(""));

    Thread.sleep(100);
    assertThat(received).hasSize(1);
  }

  @Test
  void aChannelKilledByControlEndsWithoutAWord() throws Exception {
    watch(body("one"));
    google.control("kill-channels", "{}");

    google.insert(GoogleCalendar.event(""));

    Thread.sleep(100);
    assertThat(received).hasSize(1);
    assertThat(channels().at("/0/live").asBoolean()).isFalse();
  }

  @Test
  void theLifeIsTheStricterOfWhatWasAskedAndSevenDays() throws Exception {
    ObjectNode brief = body("brief");
    brief.putObject("params").put("ttl", "3600");
    ObjectNode both = body("both").put("expiration", millis(Duration.ofHours(3)));
    both.putObject("params").put("ttl", "7200");

    assertThat(life(watch(brief))).isEqualTo(Duration.ofHours(1));
    assertThat(life(watch(both))).isEqualTo(Duration.ofHours(2));
    assertThat(life(watch(body("long").put("expiration", millis(Duration.ofDays(30))))))
        .isEqualTo(Duration.ofDays(7));
  }

  @Test
  void anIdIsTakenForever() throws Exception {
    String resource = watch(body("one")).json().get("resourceId").asText();
    stop("one", resource);

    Http.Answer refused = watch(body("one"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/errors/0/reason").asText())
        .isEqualTo("channelIdNotUnique");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"\"}",
        "{\"id\":\"a b\"}",
        "{\"type\":\"email\"}",
        "{\"address\":\"http://clinic.example.invalid/hook\"}",
        "{\"address\":\"ftp://localhost/hook\"}",
        "{\"address\":\"no address\"}",
        "{\"expiration\":\"1000\"}",
        "{\"expiration\":\"soon\"}",
        "{\"expiration\":1770000000000}",
        "{\"params\":{\"ttl\":\"0\"}}",
        "{\"url\":\"https://localhost\"}"
      })
  void aWrongChannelIsRefused(String wrong) throws Exception {
    ObjectNode body = body("one");
    body.setAll((ObjectNode) Json.read(wrong));

    assertThat(watch(body).status()).isEqualTo(400);
    assertThat(watch(body("one").put("token", "x".repeat(257))).status()).isEqualTo(400);
    assertThat(watch(body("x".repeat(65))).status()).isEqualTo(400);
    assertThat(received).isEmpty();
  }

  @Test
  void nothingIsSentToAnotherMachine() throws Exception {
    assertThat(watch(body("far").put("address", "https://192.0.2.1/hook")).status()).isEqualTo(200);

    assertThat(deliveries().at("/0/status").asInt()).isEqualTo(-2);
  }

  @Test
  void theSameSeedLosesTheSameMessages() throws Exception {
    watch(body("one"));
    List<List<Integer>> runs = new CopyOnWriteArrayList<>();
    for (int run = 0; run < 2; run++) {
      google.control("push", "{\"drop\":0.5,\"duplicate\":0,\"seed\":7}");
      int before = deliveries().size();
      for (int i = 0; i < 12; i++) {
        google.insert(GoogleCalendar.event(""));
        int count = before + i + 1;
        Awaitility.await().until(() -> deliveries().size() >= count);
      }
      runs.add(
          deliveries().valueStream().skip(before).map(it -> it.get("status").asInt()).toList());
    }
    assertThat(runs.get(0)).contains(-1, 204).isEqualTo(runs.get(1));
  }

  @Test
  void aMessageCanComeTwiceOrLate() throws Exception {
    watch(body("one"));
    google.control("push", "{\"duplicate\":1,\"delay\":1,\"delayMs\":300}");

    google.insert(GoogleCalendar.event(""));

    Thread.sleep(100);
    assertThat(received).hasSize(1);
    assertThat(received(3).stream().map(call -> header(call, "Message-Number")).distinct())
        .hasSize(2);
  }

  private Http.Answer watch(ObjectNode body) throws Exception {
    return google.http.json("POST", GoogleCalendar.EVENTS + "/watch", body.toString());
  }

  private Http.Answer stop(String id, String resource) throws Exception {
    return google.http.json(
        "POST", STOP, Json.object().put("id", id).put("resourceId", resource).toString());
  }

  private ObjectNode body(String id) {
    return Json.object()
        .put("id", id)
        .put("type", "web_hook")
        .put("address", google.server.url() + "/hook");
  }

  private JsonNode deliveries() throws Exception {
    return google.http.get("/google-control/deliveries").json().get("deliveries");
  }

  private JsonNode channels() throws Exception {
    return google.http.get("/google-control/channels").json().get("channels");
  }

  private List<Call> received(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> received.size() >= count);
    return List.copyOf(received);
  }

  private static String millis(Duration life) {
    return Long.toString(GoogleCalendar.NOW.plus(life).toEpochMilli());
  }

  private static Instant expiration(JsonNode channel) {
    return Instant.ofEpochMilli(Long.parseLong(channel.get("expiration").asText()));
  }

  private static Duration life(Http.Answer watch) throws Exception {
    return Duration.between(GoogleCalendar.NOW, expiration(watch.json()));
  }

  private static String header(Call call, String name) {
    return call.header("X-Goog-" + name).orElse("");
  }
}
