package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.visit.ShortLinks;
import clinic.scheduling.sandbox.canvas.World;
import clinic.scheduling.sandbox.openapi.OpenApiContract;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever a stranger sends, the answer is a documented one, never an internal error, and repeats
 * nothing of the request.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class HostileInputTest extends BookingCase {
  private static final OpenApiContract CONTRACT = OpenApiContract.published();
  private static final int REQUESTS = 2_000;
  private static final int A_DAYS_WORK = 40;
  private static final String CANARY = HostileRequests.CANARY;
  private static final List<String> STRANGE =
      List.of(CANARY, "..", "%00", "a b", "é", "x".repeat(3_000), "\ud83d\ude00", "'\"<>", "-");
  private static final List<String> TYPES =
      List.of(
          "",
          "text/plain",
          "application/xml",
          "application/jsonp",
          "application/json-patch+json",
          "APPLICATION/JSON",
          "application/json; charset=utf-8",
          CANARY + "/json",
          "multipart/form-data; boundary=" + CANARY);

  @Inject BookAppointment function;
  @Inject ShortLinks links;
  private LogLines log;
  private Answer visit;
  private String hold;
  private int used;

  /** A raw request. */
  private record Sent(
      String route, String id, String query, Map<String, String> headers, String body) {
    String method() {
      return route.substring(0, route.indexOf(' '));
    }

    String path() {
      String path = route.substring(route.indexOf('/'));
      return path.replaceFirst("\\{(id|code|hold)}", URLEncoder.encode(id, StandardCharsets.UTF_8))
          + (query.isEmpty() ? "" : "?" + query);
    }
  }

  @BeforeEach
  void listen() {
    log = new LogLines();
    anotherDay();
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "POST /appointments, 201",
    "POST /holds, 201",
    "POST /holds/{hold}/extension, 200",
    "DELETE /holds/{hold}, 204",
    "GET /appointments/{id}, 200",
    "GET /appointments/{id}/invite.ics, 200",
    "GET /m/{code}, 302",
    "POST /appointments/{id}/reschedule, 200",
    "POST /appointments/{id}/cancellation, 200"
  })
  void noRequestIsAFaultOfOursOrComesBack(String route, int good) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("HostileInputTest " + route + " seed " + seed);
    Random random = new Random(seed);
    HostileRequests hostile = new HostileRequests(random);
    Map<Integer, Integer> statuses = new TreeMap<>();
    List<String> broken = new ArrayList<>();
    straight.open(sandbox);

    for (int i = 0; i < REQUESTS; i++) {
      if (i % A_DAYS_WORK == 0) {
        checkLog(seed, i);
        anotherDay();
      }
      Sent sent = request(route, random, hostile);
      int status = send(sent, random.nextInt(4) == 0, "seed " + seed + " request " + i, broken);
      statuses.merge(status, 1, Integer::sum);
      if (status == 200 && route.endsWith("cancellation")) {
        visit = booked();
      }
    }

    checkLog(seed, REQUESTS);
    assertThat(broken).as("seed %s, %s broken of %s", seed, broken.size(), statuses).isEmpty();
    System.out.println("HostileInputTest " + route + " " + statuses);
    assertThat(statuses.keySet()).contains(good, isFollowed(route) ? 404 : 400);
    assertThat(statuses.get(good)).isGreaterThan(REQUESTS / 40);
  }

  /** Whether people follow it as a link: then unknown query parameters are accepted. */
  private static boolean isFollowed(String route) {
    return route.endsWith("/m/{code}") || route.endsWith("invite.ics");
  }

  @Test
  void noStrangeTextInAnyFieldIsAFaultOfOurs() {
    List<String> broken = new ArrayList<>();
    int sent = 0;
    for (String body : HostileRequests.withStrangeTexts(bookingByACarer())) {
      if (sent++ % A_DAYS_WORK == 0) {
        anotherDay();
      }
      String fresh =
          body.replaceFirst("\"slot\":\"[^\"]+\"", "\"slot\":\"" + desk.office(fresh()) + "\"");
      send(new Sent("POST /appointments", "", "", good(), fresh), sent % 2 == 0, "text", broken);
    }

    assertThat(broken).as("%s of %s", broken.size(), sent).isEmpty();
    assertThat(sent).isGreaterThanOrEqualTo(700);
    checkLog(0, sent);
  }

  @Test
  void noFieldMoreIsAcceptedAtAnyLevel() {
    List<String> names =
        Stream.concat(
                Stream.of(
                    "",
                    " ",
                    "a b",
                    "slot ",
                    "Slot",
                    "SLOT",
                    "slot\u0000",
                    "__proto__",
                    "$ref",
                    "constructor",
                    "id",
                    "status",
                    "identifier",
                    "patientId",
                    "practitioner",
                    "start",
                    "end",
                    "ssn",
                    "birthdate",
                    "birth_date",
                    "phone2",
                    "notes",
                    "token",
                    "resourceType",
                    "extension",
                    "active",
                    "有",
                    "имя",
                    "\ud83d\ude00",
                    "a.b"),
                IntStream.range(0, 170).mapToObj(i -> "x".repeat(i % 60) + "_" + i))
            .toList();
    String move = "{\"slot\":\"" + desk.office(fresh()) + "\"}";
    int tried = 0;

    for (String name : names) {
      for (String body : HostileRequests.withAField(bookingByACarer(), name)) {
        assertThat(calls.book(Desk.key(), body).status()).as(name).isEqualTo(400);
        tried++;
      }
      rows.clear();
      for (String body : HostileRequests.withAField("{\"reason\":\"x\"}", name)) {
        assertThat(calls.cancel(visit.id(), visit.token(), Desk.key(), body).status())
            .as(name)
            .isEqualTo(400);
      }
      for (String body : HostileRequests.withAField(move, name)) {
        Sent sent = new Sent("POST /appointments/{id}/reschedule", visit.id(), "", good(), body);
        assertThat(send(sent, false, name, new ArrayList<>())).as(name).isEqualTo(400);
      }
    }

    assertThat(names).hasSize(200).doesNotHaveDuplicates();
    assertThat(tried).isEqualTo(5 * 200);
    assertThat(sandbox.canvas().appointmentTexts()).hasSize(1);
  }

  private Sent request(String route, Random random, HostileRequests hostile) {
    Map<String, String> headers = good();
    String right = right(route);
    String id = right;
    String query = "";
    String body = goodBody(route);
    switch (random.nextInt(14)) {
      case 0 -> headers.put("authorization", oneToken(hostile));
      case 1 -> headers.put("content-type", hostile.oneOf(TYPES));
      case 2 -> headers.put("idempotency-key", hostile.oneOf(STRANGE));
      case 3 -> id = hostile.oneOf(STRANGE);
      case 4 ->
          query = hostile.oneOf(List.of("a=" + CANARY, "token=" + CANARY, "%zz", "&&", "a&a"));
      default -> body = body.isEmpty() ? body : hostile.body(body);
    }
    if (random.nextInt(20) == 0) {
      headers.remove(hostile.oneOf(List.copyOf(headers.keySet())));
    }
    if (random.nextInt(8) == 0) {
      return new Sent(route, right, "", good(), goodBody(route));
    }
    return new Sent(route, id, query, headers, body);
  }

  private String oneToken(HostileRequests hostile) {
    String token = visit.token();
    return hostile.oneOf(
        List.of(
            "Bearer",
            "Bearer " + CANARY,
            "Basic " + token,
            "Bearer " + token + "=",
            "Bearer " + token.toLowerCase(Locale.ROOT),
            "Bearer ." + token,
            "Bearer " + token.replace('.', '!'),
            "Bearer " + CANARY.repeat(900),
            "Bearer " + desk.office(fresh()),
            "bearer  " + token));
  }

  private String goodBody(String route) {
    return switch (route.substring(route.lastIndexOf('/') + 1)) {
      case "appointments" -> used % 2 == 0 ? booking() : bookingByACarer();
      case "reschedule", "holds" -> "{\"slot\":\"" + desk.office(fresh()) + "\"}";
      case "cancellation" -> "{\"reason\":\"" + CANARY + "\"}";
      default -> "";
    };
  }

  private String right(String route) {
    if (route.contains("{hold}")) {
      return hold;
    }
    return route.contains("{code}") ? code() : visit.id();
  }

  private String code() {
    String url = links.url(visit.id(), clock.instant());
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private String booking() {
    return desk.body(desk.office(fresh()), CANARY + used, "CA").replace("Canary", CANARY);
  }

  private String bookingByACarer() {
    return booking()
        .replaceFirst(
            "\\{\"slot\"",
            "{\"comment\":\"x\",\"booker\":{\"given\":\"%s\",\"family\":\"%s\",\"phone\":\"+15555550146\",\"email\":\"b%s@example.invalid\"},\"slot\""
                .formatted(CANARY, CANARY, used));
  }

  private Map<String, String> good() {
    Map<String, String> headers = new HashMap<>();
    headers.put("authorization", "Bearer " + visit.token());
    headers.put("idempotency-key", Desk.key());
    headers.put("content-type", "application/json");
    return headers;
  }

  /** Sends it and records each violation, so that one run finds all of them. */
  private int send(Sent sent, boolean base64, String name, List<String> broken) {
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    byte[] bytes = sent.body().getBytes(StandardCharsets.UTF_8);
    event.setRouteKey(sent.route());
    event.setRawPath(sent.path().replaceFirst("\\?.*", ""));
    event.setRawQueryString(sent.query());
    event.setPathParameters(Map.of("id", sent.id(), "code", sent.id(), "hold", sent.id()));
    event.setHeaders(sent.headers());
    event.setIsBase64Encoded(base64);
    event.setBody(base64 ? Base64.getEncoder().encodeToString(bytes) : sent.body());
    event.setRequestContext(RequestContext.builder().withRequestId("request-1").build());
    APIGatewayV2HTTPResponse answer = function.bookAppointment(event);
    int status = answer.getStatusCode();
    String received = new String(bytes, StandardCharsets.UTF_8);
    String what = name + " " + sent.method() + " " + status + " " + sent.query() + " " + received;
    try {
      CONTRACT.check(
          sent.method(), sent.path(), status, answer.getHeaders(), received, answer.getBody());
    } catch (AssertionError e) {
      broken.add(e.getMessage() + " | " + what);
    }
    if (status >= 500) {
      broken.add("a fault of ours | " + what);
    }
    if ((answer.getBody() + answer.getHeaders()).contains(CANARY)) {
      broken.add("the canary came back | " + what + " | " + answer.getBody());
    }
    return status;
  }

  private void checkLog(long seed, int before) {
    assertThat(log.text()).as("seed %s, before request %s", seed, before).doesNotContain(CANARY);
    log.close();
    log = new LogLines();
  }

  private void anotherDay() {
    sandbox.canvas().become(World.local());
    rows.clear();
    used = 0;
    visit = booked();
    hold = calls.hold(desk.office(desk.weekday(8, 9, 0))).body().path("hold").asText();
  }

  private Answer booked() {
    Answer answer = calls.book(Desk.key(), booking());
    assertThat(answer.status()).as(Objects.toString(answer.text())).isEqualTo(201);
    return answer;
  }

  private Instant fresh() {
    int number = used++;
    return desk.weekday(3 + number / 12, 9 + number % 12 / 2, number % 2 * 30);
  }
}
