package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.token.ManageToken;
import clinic.scheduling.core.visit.ShortLinks;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Only the holder of a visit's token can read or change it, and nobody learns which other visits or
 * patients exist: not from status, body, headers, calls to Canvas or time.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class WhoMayTest extends BookingCase {
  private static final String ABSENT = "00000000-0000-4000-8000-000000000000";
  private static final String MALFORMED = "no-id-of-canvas";
  private static final int SAMPLES = 150;
  private static final int ROUNDS = 8;

  @Inject ManageToken tokens;
  @Inject ShortLinks links;
  @Inject RowTraffic traffic;
  private Answer own;
  private Answer others;
  private Answer callers;

  /** The requests that a caller can make with an id and a token. */
  enum Route {
    READ,
    INVITE,
    INVITE_BY_LINK,
    MOVE,
    CANCEL
  }

  @BeforeEach
  void threeVisits() {
    own = book();
    others = book();
    callers = book();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Route.class)
  void othersAndAbsentVisitsAreTheSameToEveryCaller(Route route) {
    String right = token(route, own.id(), 3_600);
    String foreign = token(route, callers.id(), 3_600);
    String expired = token(route, own.id(), -1);

    for (String bad : Arrays.asList(null, right + "x", expired, "Qanary", "a.b")) {
      List<Answer> all = everyId(route, bad);
      assertThat(all).extracting(Answer::status).containsOnly(401);
      assertThat(all).allSatisfy(one -> isSame(one, all.get(0)));
    }
    List<Answer> byAnother = everyId(route, foreign);
    assertThat(byAnother).extracting(Answer::status).containsOnly(404);
    assertThat(byAnother).allSatisfy(one -> isSame(one, byAnother.get(0)));

    Answer foreignVisit = call(route, others.id(), right);
    isSame(foreignVisit, byAnother.get(0));
    isSame(call(route, ABSENT, right), foreignVisit);
    isSame(call(route, MALFORMED, right), foreignVisit);
    assertThat(call(route, own.id(), right).status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Route.class)
  void whatIsNotTheirsIsToldWithoutAskingCanvas(Route route) {
    String right = token(route, own.id(), 3_600);

    for (String token : Arrays.asList(null, right, right + "x")) {
      for (String id : List.of(others.id(), ABSENT, MALFORMED)) {
        assertThat(callsOfCanvas(() -> call(route, id, token))).isEmpty();
      }
    }
    assertThat(callsOfCanvas(() -> call(route, own.id(), right))).containsKey("Appointment");
  }

  /** A real difference would show in every round; noise does not. */
  @ParameterizedTest(name = "{0}")
  @EnumSource(Route.class)
  void anothersVisitTakesAsLongAsNone(Route route) {
    String right = token(route, own.id(), 3_600);
    List<Double> ratios = new ArrayList<>();
    do {
      List<Long> foreign = new ArrayList<>();
      List<Long> absent = new ArrayList<>();
      for (int i = 0; i < SAMPLES; i++) {
        boolean foreignFirst = i % 2 == 0;
        (foreignFirst ? foreign : absent)
            .add(nanos(route, foreignFirst ? others.id() : ABSENT, right));
        (foreignFirst ? absent : foreign)
            .add(nanos(route, foreignFirst ? ABSENT : others.id(), right));
      }
      ratios.add(median(foreign) / median(absent));
    } while (ratios.size() < ROUNDS && isFar(ratios.get(ratios.size() - 1)));

    assertThat(ratios).as("foreign to absent").anyMatch(ratio -> !isFar(ratio));
  }

  @Test
  void aBookingDoesNotTellWhetherThePatientIsKnown() {
    book("Known");

    Map<String, Long> first = callsOfCanvas(() -> book("Stranger"));
    Map<String, Long> second = callsOfCanvas(() -> book("Known"));
    rows.clear();
    Map<String, Long> forgotten = callsOfCanvas(() -> book("Known"));

    assertThat(second).isEqualTo(first);
    assertThat(forgotten).isEqualTo(first);
    assertThat(first).containsKeys("Patient", "Slot", "Practitioner", "Appointment");
  }

  /** Mail programs and calendars open links by themselves. */
  @Test
  void lookingChangesNothing() {
    String link = links.url(own.id(), clock.instant());
    CanvasBook before = CanvasBook.of(sandbox);
    int told = changes.sent().size();

    List<String> touched =
        traffic.of(
            () -> {
              calls.read(own.id(), own.token());
              calls.invite(own.id(), own.token());
              calls.get(own.body().at("/calendar/ics").asText());
              calls.follow(link.substring(link.lastIndexOf('/') + 1));
            });

    assertThat(CanvasBook.of(sandbox).lines()).isEqualTo(before.lines());
    assertThat(changes.sent()).hasSize(told);
    assertThat(touched).contains("read link#manage");
    assertThat(touched)
        .filteredOn(one -> one.startsWith("write"))
        .allMatch(one -> one.startsWith("write [limit#"));
  }

  @Test
  void theTableIsReadAndWrittenAlikeForPatientsKnownAndUnknown() {
    book("Wellknown");

    List<String> unknown = rowsTouched(() -> book("Newcomer"));
    List<String> known = rowsTouched(() -> book("Wellknown"));

    assertThat(known).isEqualTo(unknown);
    assertThat(known).anyMatch(one -> one.startsWith("write [patient#"));
  }

  @Test
  void aChildWhoIsBookedForIsNotToldApartEither() {
    Map<String, Long> unknown = callsOfCanvas(() -> bookForChild("Littleone"));
    Map<String, Long> known = callsOfCanvas(() -> bookForChild("Littleone"));
    List<String> rowsOfKnown = rowsTouched(() -> bookForChild("Littleone"));
    List<String> rowsOfUnknown = rowsTouched(() -> bookForChild("Littletwo"));

    assertThat(known).isEqualTo(unknown);
    assertThat(rowsOfKnown).isEqualTo(rowsOfUnknown);
  }

  private Answer bookForChild(String family) {
    return booked(desk.byCarer(desk.freshSlot(), family));
  }

  private List<String> rowsTouched(Supplier<Answer> call) {
    return traffic.of(() -> assertThat(call.get().status()).isEqualTo(201));
  }

  @Test
  void answersForKnownAndUnknownPatientsHaveTheSameForm() {
    Answer unknown = book("Stranger2");
    Answer known = book("Stranger2");

    assertThat(known.body().properties().stream().map(Map.Entry::getKey))
        .containsExactlyElementsOf(
            unknown.body().properties().stream().map(Map.Entry::getKey).toList());
    assertThat(known.headers().keySet()).isEqualTo(unknown.headers().keySet());
  }

  private Answer call(Route route, String id, String token) {
    return switch (route) {
      case READ -> calls.read(id, token);
      case INVITE -> calls.invite(id, token);
      case INVITE_BY_LINK ->
          calls.get(
              "/appointments/" + id + "/invite.ics" + (token == null ? "" : "?token=" + token));
      case MOVE -> calls.move(id, token, Desk.key(), desk.office(desk.freshStart()));
      case CANCEL -> calls.cancel(id, token, Desk.key(), "{}");
    };
  }

  private List<Answer> everyId(Route route, String token) {
    return Stream.of(own.id(), others.id(), ABSENT, MALFORMED)
        .map(id -> call(route, id, token))
        .toList();
  }

  private String token(Route route, String id, int seconds) {
    return route == Route.INVITE_BY_LINK
        ? tokens.forInvite(id, 0, clock.instant().plusSeconds(seconds))
        : tokens.forManaging(id, 0, clock.instant().plusSeconds(seconds));
  }

  private static void isSame(Answer one, Answer other) {
    assertThat(one.status()).isEqualTo(other.status());
    assertThat(one.text()).isEqualTo(other.text());
    assertThat(one.headers()).isEqualTo(other.headers());
  }

  /** How often each kind of resource was read from Canvas. */
  private static Map<String, Long> callsOfCanvas(Supplier<Answer> call) {
    try (LogLines log = new LogLines()) {
      assertThat(call.get().text()).isNotEmpty();
      return log.text()
          .lines()
          .filter(line -> line.contains("canvas resource="))
          .map(line -> line.replaceFirst(".*canvas resource=([A-Za-z]+) .*", "$1"))
          .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }
  }

  private long nanos(Route route, String id, String token) {
    long began = System.nanoTime();
    call(route, id, token);
    return System.nanoTime() - began;
  }

  private static double median(List<Long> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  private static boolean isFar(double ratio) {
    return ratio < 0.9 || ratio > 1.1;
  }

  private Answer book() {
    return booked(desk.body(desk.freshSlot()));
  }

  private Answer book(String family) {
    return booked(desk.body(desk.freshSlot(), family, "CA"));
  }

  private Answer booked(String body) {
    Answer answer = calls.book(Desk.key(), body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer;
  }
}
