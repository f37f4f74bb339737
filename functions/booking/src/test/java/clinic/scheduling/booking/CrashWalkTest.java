package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.HoldBook.Place;
import clinic.scheduling.booking.Offers.Offer;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.sandbox.canvas.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The process is killed before or after one of its effects (a write to the table, a message, a
 * write to Canvas), and the client repeats its request. The result is as if nothing had happened.
 * This is tested for each effect.
 *
 * <p>A notice only makes its reader look at Canvas, so a second notice with the same content is
 * harmless. Two things must not happen: that there is no notice, or that a notice says something
 * else.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class CrashWalkTest extends BookingCase {
  private static final int MOST_STEPS = 100;
  private static final int MOST_REPEATS = 60;
  private static final Duration PAST_EVERY_LEASE = Duration.ofSeconds(65);
  private static final String KEY = "crash-walk";

  @Inject Offers offers;
  @Inject Mortality life;

  @BeforeEach
  void withoutSockets() {
    straight.open(sandbox);
  }

  @AfterEach
  void live() {
    life.live();
    world();
  }

  @Test
  void aCreateForANewPatient() {
    Offer wanted = offers.office(0, 3);
    walk("create, new patient", 201, () -> creating(wanted), Optional.empty(), wanted);
  }

  @Test
  void aCreateForAKnownPatient() {
    Offer earlier = offers.office(1, 0);
    Offer wanted = offers.office(0, 3);
    walk(
        "create, known patient",
        201,
        () -> {
          calls.book("earlier", body(earlier));
          return creating(wanted);
        },
        Optional.empty(),
        wanted);
  }

  @Test
  void aCreateOfATimeThatTheFormHolds() {
    Offer wanted = offers.office(0, 3);
    walk(
        "create, held",
        201,
        () -> {
          String hold = calls.hold(offers.slot(wanted)).body().path("hold").asText();
          String body = Desk.with(hold, body(wanted));
          return () -> calls.book(KEY, body);
        },
        Optional.empty(),
        wanted);
  }

  @Test
  void aCreateByACarer() {
    Offer wanted = offers.office(0, 3);
    walk(
        "create, by a carer",
        201,
        () -> {
          String body = desk.byCarer(offers.slot(wanted), "Crashwalker");
          return () -> calls.book(KEY, body);
        },
        Optional.empty(),
        wanted);
  }

  @Test
  void aCreateBySomebodyWhoHasSignedIn() {
    Offer earlier = offers.office(1, 0);
    Offer wanted = offers.office(0, 3);
    walk(
        "create, signed in",
        201,
        () -> {
          String id = calls.book("earlier", body(earlier)).id();
          String me = CanvasBook.of(sandbox).current(id).patient().orElseThrow();
          String body = body(wanted);
          return () -> calls.uncheckedBook(KEY, body, Map.of("canvas_patient", me));
        },
        Optional.empty(),
        wanted);
  }

  @Test
  void aMoveOnTheSameDay() {
    walkMove("move, same day", offers.office(0, 3), offers.office(0, 7));
  }

  @Test
  void aMoveByAPartOfItsLength() {
    Offer from = offers.office(0, 3);
    Offer to = new Offer(from.practitioner(), from.visit(), offers.start(0, 4));
    walkMove("move, next half hour", from, to);
  }

  @Test
  void aMoveToAnotherDay() {
    walkMove("move, other day", offers.office(0, 3), offers.office(2, 3));
  }

  @Test
  void aMoveToAnotherClinician() {
    walkMove(
        "move, other clinician", offers.video(Desk.INGRID, 0, 3), offers.video(Offers.OMAR, 0, 3));
  }

  @Test
  void aMoveAcrossMidnightOfUtc() {
    walkMove("move, other UTC day", offers.office(0, 3), offers.office(0, 15));
  }

  @Test
  void aCancellation() {
    Offer from = offers.office(0, 3);
    walk(
        "cancel",
        200,
        () -> {
          Answer booked = calls.book("earlier", body(from));
          return () -> calls.cancel(booked.id(), booked.token(), KEY, "{\"reason\":\"ill\"}");
        },
        Optional.of(from),
        null);
  }

  private void walkMove(String name, Offer from, Offer to) {
    walk(
        name,
        200,
        () -> {
          Answer booked = calls.book("earlier", body(from));
          String slot = offers.slot(to);
          return () -> calls.move(booked.id(), booked.token(), KEY, slot);
        },
        Optional.of(from),
        to);
  }

  /** The visible state after a request is settled, without ids. */
  private record End(
      List<CanvasBook.Line> canvas, int patients, Set<Place> holds, Set<String> messages) {}

  private Supplier<Answer> creating(Offer wanted) {
    String body = body(wanted);
    return () -> calls.book(KEY, body);
  }

  private String body(Offer offer) {
    return desk.body(offers.slot(offer), "Crashwalker", "CA");
  }

  /**
   * @param freed the time that is free afterwards
   * @param taken the time that is taken afterwards, null if none
   */
  private void walk(
      String name,
      int status,
      Supplier<Supplier<Answer>> scene,
      Optional<Offer> freed,
      Offer taken) {
    Supplier<Answer> calm = begin(scene);
    assertThat(calm.get().status()).isEqualTo(status);
    End end = end();
    List<Integer> deaths = new ArrayList<>();
    for (boolean patient : new boolean[] {true, false}) {
      int step = 1;
      while (diesAt(step, begin(scene))) {
        String where = name + ", killed at step " + step + ", patient client: " + patient;
        Answer settled = patient ? repeatedLate() : repeatedUntilSettled(where);
        assertThat(settled.status()).as(where).isEqualTo(status);
        assertThat(end()).as(where).isEqualTo(end);
        assertSettledForGood(where, status);
        assertTimes(where, freed, taken);
        step++;
        assertThat(step).isLessThan(MOST_STEPS);
      }
      assertThat(end()).isEqualTo(end);
      deaths.add(step - 1);
    }
    System.out.println("crash walk: " + name + ": " + deaths + " deaths, all mended");
    assertThat(deaths).allMatch(many -> many > 10);
  }

  private Supplier<Answer> request = () -> null;

  private Supplier<Answer> begin(Supplier<Supplier<Answer>> scene) {
    world();
    request = scene.get();
    changes.clear();
    return request;
  }

  private void world() {
    sandbox.canvas().become(World.local());
    rows.clear();
    changes.clear();
    clock.set(Instant.now());
  }

  private boolean diesAt(int step, Supplier<Answer> act) {
    life.dieAt(step);
    try {
      Answer lost = act.get();
      assertThat(lost).isNotNull();
    } catch (Mortality.Death death) {
      assertThat(life.isDead()).isTrue();
    }
    boolean died = life.isDead();
    life.live();
    return died;
  }

  /**
   * After this time, no attempt can still be running, and no call to Canvas can still take effect.
   */
  private Answer repeatedLate() {
    clock.move(PAST_EVERY_LEASE);
    return request.get();
  }

  /** Repeats at once, then as soon as the answer allows, later less often. */
  private Answer repeatedUntilSettled(String where) {
    for (int repeat = 0; repeat < MOST_REPEATS; repeat++) {
      Answer answer = request.get();
      if (answer.status() != 503 && !answer.type().equals("in-progress")) {
        return answer;
      }
      assertThat(answer.headers()).as(where).containsKey("Retry-After");
      int patience = repeat < 3 ? 1 : 8;
      clock.move(Duration.ofSeconds(patience * retryAfter(answer)));
    }
    throw new AssertionError(where + ": not settled by " + MOST_REPEATS + " repeats");
  }

  private static long retryAfter(Answer answer) {
    return Long.parseLong(answer.headers().get("Retry-After"));
  }

  /**
   * Checks that the ledger has the request as done: a further repeat is answered and has no effect.
   */
  private void assertSettledForGood(String where, int status) {
    life.live();
    assertThat(request.get().status()).as(where).isEqualTo(status);
    assertThat(life.effects()).as(where + ": effects of a further repeat").isZero();
  }

  private void assertTimes(String where, Optional<Offer> freed, Offer taken) {
    if (taken != null) {
      assertThat(bookedByAnother(taken).type()).as(where + ": taken").isEqualTo("slot-taken");
    }
    freed.ifPresent(
        offer -> assertThat(bookedByAnother(offer).status()).as(where + ": freed").isEqualTo(201));
    clock.move(Duration.ofMinutes(17));
    assertThat(HoldBook.at(clock.instant(), rows)).as(where + ": holds end").isEmpty();
  }

  private Answer bookedByAnother(Offer offer) {
    return calls.book(Desk.key(), desk.body(offers.slot(offer), "Somebodyelse", "CA"));
  }

  private End end() {
    return new End(
        CanvasBook.of(sandbox).lines(),
        sandbox.canvas().patientCount(),
        HoldBook.at(clock.instant(), rows).stream()
            .map(HoldBook.Held::place)
            .collect(Collectors.toSet()),
        changes.sent().stream().map(CrashWalkTest::said).collect(Collectors.toSet()));
  }

  private static String said(ChangeNotice notice) {
    return notice.hint() + " " + notice.noticeId();
  }
}
