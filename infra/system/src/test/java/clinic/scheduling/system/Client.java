package clinic.scheduling.system;

import clinic.scheduling.sandbox.openapi.OpenApiContract;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A booking site. It checks every exchange against the published API, and repeats a request after a
 * temporary refusal.
 */
final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Integer> MAY_PASS = Set.of(429, 500, 502, 503, 504);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** A shorter wait than {@code Retry-After} asks for: an early repeat must do no harm. */
  private static final long LONGEST_WAIT_MILLIS = 700;

  private static final long SHORT_WAIT_MILLIS = 200;
  private static final int FIRST_PERSON = 10;

  private final URI api;
  private final OpenApiContract contract = OpenApiContract.published();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger persons = new AtomicInteger(FIRST_PERSON);
  private final Set<Instant> given = ConcurrentHashMap.newKeySet();

  Client(URI api) {
    this.api = api;
  }

  /** One answer, and the answers before it that were not final. */
  record Answer(int status, JsonNode json, String text, List<Integer> before, long waitMillis) {
    private boolean isFinal() {
      boolean atWork = json.path("type").asText("").endsWith(":in-progress");
      return !MAY_PASS.contains(status) && !atWork;
    }

    private Answer after(List<Integer> others) {
      return new Answer(status, json, text, List.copyOf(others), waitMillis);
    }
  }

  /** A time that was offered, with the value to book it by. */
  record Slot(String slot, Instant start) {}

  /** A person who has not booked before. */
  Person person() {
    return Person.number(persons.getAndIncrement());
  }

  /** All persons who have booked. */
  List<Person> persons() {
    List<Person> all = new ArrayList<>();
    for (int number = FIRST_PERSON; number < persons.get(); number++) {
      all.add(Person.number(number));
    }
    return all;
  }

  /** A free time that no other test uses. */
  Slot slot() throws Exception {
    Answer answer = insist("GET", slotsPath(), Map.of(), "");
    for (JsonNode slot : answer.json().path("slots")) {
      Instant start = Instant.from(OffsetDateTime.parse(slot.path("start").asText()));
      if (given.add(start)) {
        return new Slot(slot.path("slot").asText(), start);
      }
    }
    throw new AssertionError("no slot is left: " + answer);
  }

  static String slotsPath() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    return "/slots?visit=office&limit=200&from=%s&to=%s"
        .formatted(today.plusDays(1), today.plusDays(20));
  }

  /** Books any free time for a new person. */
  Booking book() throws Exception {
    return book(person(), slot(), UUID.randomUUID().toString());
  }

  /** Books, repeating with the same key until there is a final answer, which has to be 201. */
  Booking book(Person person, Slot slot, String key) throws Exception {
    Answer answer = ask(person, slot, key);
    if (answer.status() != 201) {
      throw new AssertionError("booking was refused: " + answer);
    }
    String token = answer.json().at("/manage/token").asText();
    return new Booking(
        person, answer.json().path("id").asText(), token, slot.start(), answer.before());
  }

  /** Asks for a time, repeating with the same key until there is a final answer. */
  Answer ask(Person person, Slot slot, String key) throws Exception {
    return insist(
        "POST", "/appointments", Map.of("Idempotency-Key", key), person.books(slot.slot()));
  }

  Answer cancel(Booking booking) throws Exception {
    Map<String, String> headers =
        Map.of(
            "Idempotency-Key",
            "cancel-" + booking.id(),
            "Authorization",
            "Bearer " + booking.token());
    return insist("POST", "/appointments/" + booking.id() + "/cancellation", headers, "{}");
  }

  Answer read(Booking booking) throws Exception {
    return insist(
        "GET",
        "/appointments/" + booking.id(),
        Map.of("Authorization", "Bearer " + booking.token()),
        "");
  }

  /** Sends the same request until its answer is final. */
  Answer insist(String method, String path, Map<String, String> headers, String body)
      throws Exception {
    Instant end = Instant.now().plus(LIMIT);
    List<Integer> before = new ArrayList<>();
    while (true) {
      Answer answer = once(method, path, headers, body).after(before);
      if (answer.isFinal()) {
        return answer;
      }
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("no final answer to %s %s: %s".formatted(method, path, answer));
      }
      before.add(answer.status());
      Thread.sleep(answer.waitMillis());
    }
  }

  /**
   * The status of an answer that the gateway gives by itself and that the API document does not
   * describe.
   */
  int unchecked(String method, String path, Map<String, String> headers, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(api + path))
            .timeout(Duration.ofSeconds(35))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  Answer once(String method, String path, Map<String, String> headers, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(api + path))
            .timeout(Duration.ofSeconds(35))
            .method(method, BodyPublishers.ofString(body));
    headers.forEach(request::header);
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    Map<String, String> answered = new HashMap<>();
    response.headers().map().forEach((name, values) -> answered.put(name, values.get(0)));
    contract.check(method, path, response.statusCode(), answered, body, response.body());
    return answer(response, new TreeMap<>(answered));
  }

  private static Answer answer(HttpResponse<String> response, Map<String, String> headers)
      throws Exception {
    boolean json = headers.getOrDefault("content-type", "").contains("json");
    String wait = headers.getOrDefault("retry-after", "");
    return new Answer(
        response.statusCode(),
        JSON.readTree(json ? response.body() : "{}"),
        response.body(),
        List.of(),
        wait.matches("[1-9]\\d{0,3}") ? LONGEST_WAIT_MILLIS : SHORT_WAIT_MILLIS);
  }
}
