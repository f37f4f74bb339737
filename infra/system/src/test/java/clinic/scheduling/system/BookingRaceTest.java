package clinic.scheduling.system;

import static clinic.scheduling.system.Patience.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.local.stores.QueuedMessage;
import clinic.scheduling.system.Client.Slot;
import clinic.scheduling.system.Race.Try;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Many callers want the same time at the same moment. Canvas would give it to all of them. Their
 * requests go through the gateway to several processes of the packaged function: one caller gets
 * the time, and all others are told that it is taken. After a temporary refusal (429, 503, {@code
 * 409 in-progress}), a caller repeats the request with the same key, and the last answer counts.
 * Nothing after the booking is tested here: change notices stay in their queue, and Canvas sends no
 * notices.
 *
 * <p>The full test ({@code -Drace.callers=200 -Drace.rounds=50}) takes some six minutes on two
 * cores.
 */
class BookingRaceTest {
  private static final int CALLERS = Integer.getInteger("race.callers", 20);
  private static final int ROUNDS = Integer.getInteger("race.rounds", 5);
  private static final int OTHER_ROUNDS = Math.max(2, ROUNDS / 5);
  private static final int PROCESSES = 3;

  private static final String RACED = "&practitioner=clinician-001";
  private static final String OTHER = "&practitioner=clinician-002";
  private static final int RACED_NUMBER = 1;
  private static final Duration VISIT = Duration.ofMinutes(30);

  /** How long the function holds a booked time, and some seconds more. */
  private static final Duration LONGEST_HOLD = Duration.ofMinutes(16).plusSeconds(5);

  /** A booking takes longer than a refusal, and with few cores all callers share them. */
  private static final double NOT_SLOWED = 3;

  private static RunningSystem system;
  private static Race race;

  @BeforeAll
  static void start() throws Exception {
    Path target = Path.of("target/race");
    Map<String, String> keys = Map.of("PRACTICE", RacePractice.write(target).toString());
    system =
        RunningSystem.start(target, List.of("--processes=" + PROCESSES, "--queues=false"), keys);
    system.clinic().notifications("{\"subscribers\": []}");
    system.clinic().world(RacePractice.CLINICIANS);
    system.clinic().toggle("slotStepMinutes", 10);
    race = new Race(system.client());
    // While a process is still starting, the pool starts others, so all of them run before the
    // races begin.
    Slot first = new Offers(system.client(), "visit=office" + OTHER, 40).hour(0).get(0);
    onlyWinner(race.run(Collections.nCopies(CALLERS, first)));
    upTo(60).until(() -> system.processes("BookAppointment").ids().get().size() == PROCESSES);
  }

  @AfterAll
  static void stop() {
    try (RunningSystem stopping = system) {
      race.close();
    }
  }

  @Test
  void ofAllCallersForOneTimeOneGetsItInEveryRound() throws Exception {
    Offers offers = new Offers(system.client(), "visit=office" + RACED, 1);
    List<Try> winners = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      winners.add(onlyWinner(race.run(Collections.nCopies(CALLERS, offers.hour(0).get(0)))));
    }

    for (Try winner : winners) {
      assertThat(inCanvas(winner.slot().start(), VISIT))
          .extracting(one -> one.path("id").asText())
          .containsExactly(winner.booking().id());
    }
    assertThat(system.logs().of("BookAppointment"))
        .filteredOn(line -> line.path("message").asText().startsWith("answered route=POST"))
        .extracting(line -> line.path("processId").asLong())
        .as("several processes took part")
        .satisfies(ids -> assertThat(Set.copyOf(ids)).hasSizeGreaterThan(1));
    assertThat(system.stores().messages("appointment-changes"))
        .as("the hints of the bookings, which nobody takes")
        .filteredOn(hint -> !RunningSystem.isSecondLook(hint.body()))
        .hasSizeGreaterThanOrEqualTo(ROUNDS)
        .allMatch(hint -> hint.state() == QueuedMessage.State.WAITING);
  }

  @Test
  void nothingIsHeldForThoseWhoCameTooLateAndATimeGivenBackIsFreeAgain() throws Exception {
    Slot slot = new Offers(system.client(), "visit=office" + RACED, 28).hour(0).get(0);
    Booking first = onlyWinner(race.run(Collections.nCopies(CALLERS, slot))).booking();

    assertThat(held(slot.start()))
        .singleElement()
        .satisfies(
            hold -> {
              assertThat(hold.owner()).isEqualTo(system.clinic().identifier(first));
              assertThat(hold.until()).isBefore(Instant.now().plus(LONGEST_HOLD));
            });
    assertThat(system.client().cancel(first).status()).isEqualTo(200);
    assertThat(held(slot.start())).isEmpty();

    Booking second = onlyWinner(race.run(Collections.nCopies(CALLERS, slot))).booking();
    assertThat(inCanvas(slot.start(), VISIT))
        .filteredOn(one -> !one.path("status").asText().equals("cancelled"))
        .extracting(one -> one.path("id").asText())
        .containsExactly(second.id());
  }

  @Test
  void ofTimesThatOverlapOneIsBooked() throws Exception {
    Offers offers = new Offers(system.client(), "visit=office" + RACED, 32);
    for (int round = 0; round < OTHER_ROUNDS; round++) {
      List<Slot> overlapping = offers.hour(0, 10, 20);

      onlyWinner(race.run(amongThem(overlapping)));

      assertThat(inCanvas(overlapping.get(0).start(), Duration.ofMinutes(50))).hasSize(1);
    }
  }

  @Test
  void ofTimesWhoseBuffersOverlapOneIsBooked() throws Exception {
    Offers offers = new Offers(system.client(), "visit=spaced" + RACED, 42);
    for (int round = 0; round < OTHER_ROUNDS; round++) {
      List<Slot> neighbours = offers.hour(0, 30);

      onlyWinner(race.run(amongThem(neighbours)));

      assertThat(inCanvas(neighbours.get(0).start(), Duration.ofMinutes(60))).hasSize(1);
    }
  }

  @Test
  void anotherCliniciansPatientsAreBookedInTheMiddleOfItAndNotSlowed() throws Exception {
    Slot wanted = new Offers(system.client(), "visit=office" + RACED, 52).hour(0).get(0);
    Offers others = new Offers(system.client(), "visit=office" + OTHER, 1);
    List<Slot> all = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      all.add(caller % 10 == 5 ? others.hour(0).get(0) : wanted);
    }

    List<Try> tries = race.run(all);

    List<Try> racing = tries.stream().filter(one -> one.slot().equals(wanted)).toList();
    List<Try> beside = tries.stream().filter(one -> !one.slot().equals(wanted)).toList();
    onlyWinner(racing);
    assertThat(beside).isNotEmpty().allMatch(Try::won);
    assertThat(median(beside)).isLessThan(NOT_SLOWED * median(racing));
  }

  /** Checks that one caller got the booking, and all others were told that the time is taken. */
  private static Try onlyWinner(List<Try> tries) {
    List<Try> winners = tries.stream().filter(Try::won).toList();
    assertThat(winners).hasSize(1);
    assertThat(tries).filteredOn(one -> !one.won()).allMatch(Try::cameTooLate);
    return winners.get(0);
  }

  private static List<Slot> amongThem(List<Slot> slots) {
    return Stream.generate(slots::stream).flatMap(all -> all).limit(CALLERS).toList();
  }

  private static List<JsonNode> inCanvas(Instant start, Duration length) throws Exception {
    return system
        .clinic()
        .appointments(RacePractice.canvasId(RACED_NUMBER), start, start.plus(length));
  }

  private static List<Aws.Held> held(Instant start) throws Exception {
    return new Aws(system.stores())
        .held(RacePractice.canvasId(RACED_NUMBER)).stream()
            .filter(hold -> hold.start().equals(start))
            .toList();
  }

  private static double median(List<Try> tries) {
    List<Long> sorted = tries.stream().map(one -> one.took().toMillis()).sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
