package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.create.Creating;
import clinic.scheduling.booking.request.BookingRequest;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.sandbox.canvas.World;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two simultaneous bookings for one person are answered alike whether Canvas knows the person or
 * not: the same statuses, headers, fields and order, after the same number of calls.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class SameMomentTest extends BookingCase {
  private static final int PAIRS = 200;

  /** How Canvas or the table can know a person. */
  enum Known {
    /** Staff have created the record. */
    BY_STAFF,
    /** An earlier booking created the record, and the row about it in the table has expired. */
    BY_OUR_IDENTIFIER,
    /** An earlier booking created the record, and the row about it is still in the table. */
    BY_THE_TABLE
  }

  /** What a stranger sees of two simultaneous bookings, and the calls that take up their time. */
  private record Seen(List<String> answers, List<Integer> order, List<String> calls) {}

  @ParameterizedTest
  @EnumSource(Known.class)
  void nobodyCanTellWhoIsKnown(Known how) throws InterruptedException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("SameMomentTest " + how + " seed " + seed);
    Map<String, Integer> seen = new TreeMap<>();
    int waited = 0;
    calls.book(Desk.key(), desk.body(desk.freshSlot())); // fills the caches

    for (int pair = 0; pair < PAIRS; pair++) {
      Seen unknown = pair(new Random(seed + pair), () -> {});
      String family = "Same" + pair;
      Seen known = pair(new Random(seed + pair), () -> become(how, family), family);

      assertThat(known).as("seed %s pair %s", seed, pair).isEqualTo(unknown);
      seen.merge(unknown.answers().toString(), 1, Integer::sum);
      waited += unknown.calls().stream().anyMatch(call -> call.endsWith("pause")) ? 1 : 0;
    }

    assertThat(seen).as("seed %s", seed).hasSize(1);
    assertThat(seen.keySet().iterator().next()).contains("201").doesNotContain("503");
    assertThat(waited).as("pairs in which one waited, seed %s", seed).isGreaterThan(PAIRS / 10);
  }

  /**
   * One process dies at one of its writes. The other booking waits in vain, is answered 503, and is
   * repeated.
   */
  @ParameterizedTest
  @EnumSource(Known.class)
  void norWhereOneOfThemDies(Known how) {
    int inVain = 0;
    calls.book(Desk.key(), desk.body(desk.freshSlot()));

    for (int writes = 0; writes < 15; writes++) {
      List<Integer> unknown = oneDiesAfter(writes, () -> {}, "Other" + writes);
      String family = "Dies" + writes;
      List<Integer> known = oneDiesAfter(writes, () -> become(how, family), family);

      assertThat(known).as("after %s writes", writes).isEqualTo(unknown);
      assertThat(known.get(1)).as("after %s writes", writes).isIn(201, 503);
      assertThat(known.get(2)).as("after %s writes", writes).isEqualTo(201);
      inVain += known.get(1) == 503 ? 1 : 0;
    }

    assertThat(inVain).isPositive();
  }

  private List<Integer> oneDiesAfter(int writes, Runnable before, String family) {
    sandbox.canvas().become(World.local());
    rows.clear();
    before.run();
    Supplier<Answer> other = booking(family, 1);
    rows.loseAfter(writes);
    int died = booking(family, 0).get().status();
    rows.recover();
    Instant began = clock.instant();
    int waited = other.get().status();
    assertThat(Duration.between(began, clock.instant())).isLessThan(Duration.ofSeconds(12));
    clock.move(Duration.ofSeconds(46));
    return List.of(died, waited, other.get().status());
  }

  private Seen pair(Random random, Runnable before) throws InterruptedException {
    return pair(random, before, "Other" + random.hashCode());
  }

  private Seen pair(Random random, Runnable before, String family) throws InterruptedException {
    sandbox.canvas().become(World.local());
    straight.open(sandbox);
    rows.clear();
    before.run();
    Turnstile turnstile = new Turnstile(random);
    table.beforeEach(turnstile::point);
    pace.beforeEach(call -> turnstile.point("canvas"));
    Turnstile.Run<Answer> run = turnstile.of(List.of(booking(family, 0), booking(family, 1)));
    table.calm();
    pace.calm();
    return new Seen(
        run.answers().stream().map(SameMomentTest::seen).toList(), run.finished(), run.order());
  }

  private Supplier<Answer> booking(String family, int number) {
    Instant start = desk.weekday(4, 10 + number, 0);
    String key = Desk.key();
    String body = desk.body(desk.office(start), family, "CA");
    return () -> calls.book(key, body);
  }

  private void become(Known how, String family) {
    String body = desk.body(desk.office(desk.weekday(5, 9, 0)), family, "CA");
    if (how == Known.BY_STAFF) {
      BookingRequest.Person person =
          BookingRequest.of(Request.parse(body), LocalDate.parse("2026-12-28")).patient();
      Identifier theirs = Identifier.usual("urn:example:chart", UUID.randomUUID().toString());
      assertThat(canvas.create(Creating.newPatient(person, theirs)))
          .isInstanceOf(WriteOutcome.Written.class);
      return;
    }
    assertThat(calls.book(Desk.key(), body).status()).isEqualTo(201);
    if (how == Known.BY_OUR_IDENTIFIER) {
      rows.clear();
    }
  }

  private static String seen(Answer answer) {
    return answer.status() + " " + new TreeSet<>(answer.headers().keySet()) + shape(answer.body());
  }

  /** The names of all fields, at every level. */
  private static List<String> shape(JsonNode body) {
    List<String> names = new ArrayList<>();
    body.properties()
        .forEach(
            one ->
                names.add(one.getKey() + (one.getValue().isObject() ? shape(one.getValue()) : "")));
    return names;
  }
}
