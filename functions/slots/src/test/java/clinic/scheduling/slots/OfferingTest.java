package clinic.scheduling.slots;

import static clinic.scheduling.core.free.Given.interval;
import static clinic.scheduling.core.free.Given.visit;
import static clinic.scheduling.slots.TestQueries.bookable;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.free.Given;
import clinic.scheduling.core.free.TimeSet;
import clinic.scheduling.core.free.WallClock;
import clinic.scheduling.core.practice.Hours;
import clinic.scheduling.core.practice.VisitType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A time that Canvas proposes is offered if it is allowed, free and on the grid. */
class OfferingTest {
  private static final String PACIFIC = "America/Los_Angeles";
  private static final Interval MONDAY = interval("2027-03-15T07:00Z/2027-03-16T07:00Z");

  @ParameterizedTest(name = "{0} before, {1} after, starts at {2}: {3}")
  @CsvSource({
    // The clinician is busy from 12:00 to 13:00, and a visit lasts half an hour.
    " 0,  0, 11:30, true",
    " 0,  0, 11:31, false",
    " 0,  0, 12:00, false",
    " 0,  0, 12:15, false",
    " 0,  0, 12:59, false",
    " 0,  0, 13:00, true",
    "10,  0, 11:30, true",
    "10,  0, 11:31, false",
    "10,  0, 13:00, false",
    "10,  0, 13:09, false",
    "10,  0, 13:10, true",
    " 0, 15, 11:15, true",
    " 0, 15, 11:16, false",
    " 0, 15, 12:59, false",
    " 0, 15, 13:00, true",
    "10, 15, 11:15, true",
    "10, 15, 11:16, false",
    "10, 15, 13:09, false",
    "10, 15, 13:10, true"
  })
  void aVisitKeepsItsBuffersAndMayTouchThem(int before, int after, String start, boolean offered) {
    List<Interval> busy = List.of(interval("2027-03-15T12:00-07:00/2027-03-15T13:00-07:00"));

    List<Interval> times =
        times(visit(before, after, 1), List.of(), starts("2027-03-15", "-07:00", start), busy);

    assertThat(times).hasSize(offered ? 1 : 0);
  }

  @Test
  void aGapOfExactlyTheVisitAndItsBuffersIsEnoughAndAMinuteLessIsNot() {
    Interval early = interval("2027-03-15T08:00-07:00/2027-03-15T10:00-07:00");
    Interval late = interval("2027-03-15T10:55-07:00/2027-03-15T12:00-07:00");
    Interval sooner = interval("2027-03-15T10:54-07:00/2027-03-15T12:00-07:00");
    List<Interval> proposed = starts("2027-03-15", "-07:00", "10:09", "10:10", "10:11");

    assertThat(times(visit(10, 15, 1), List.of(), proposed, List.of(late, early)))
        .containsExactly(proposed.get(1));
    assertThat(times(visit(10, 15, 1), List.of(), proposed, List.of(sooner, early))).isEmpty();
  }

  @Test
  void theOrderOfWhatIsBusyDoesNotMatter() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("OfferingTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      List<Interval> busy = new ArrayList<>();
      for (int i = random.nextInt(0, 8); i > 0; i--) {
        busy.add(
            Interval.of(
                MONDAY.start().plus(Duration.ofMinutes(random.nextInt(0, 1_440))),
                Duration.ofMinutes(random.nextInt(1, 90))));
      }
      VisitType visit = visit(random.nextInt(0, 20), random.nextInt(0, 20), 15);
      List<Interval> proposed = every(Duration.ofMinutes(15), MONDAY);
      List<Interval> expected =
          proposed.stream()
              .filter(time -> MONDAY.contains(time) && keepsApart(time, visit, busy))
              .toList();
      Collections.shuffle(busy, random);

      assertThat(times(visit, List.of(), proposed, busy))
          .as("seed %s, round %s, %s", seed, round, busy)
          .isEqualTo(expected);
    }
  }

  @Test
  void hoursCutWholeVisits() {
    List<Hours> hours = Given.hours("MON 09:00-10:00 MON 11:00-11:29");

    List<Interval> times =
        times(visit(0, 0, 1), hours, every(Duration.ofMinutes(1), MONDAY), List.of());

    assertThat(times).hasSize(31);
    assertThat(times.get(0)).isEqualTo(interval("2027-03-15T09:00-07:00/2027-03-15T09:30-07:00"));
    assertThat(times.get(30)).isEqualTo(interval("2027-03-15T09:30-07:00/2027-03-15T10:00-07:00"));
  }

  @Test
  void aVisitMayReachAcrossHoursThatTouch() {
    List<Hours> hours = Given.hours("MON 09:00-09:45 MON 09:45-10:00");

    assertThat(times(visit(0, 0, 1), hours, starts("2027-03-15", "-07:00", "09:30"), List.of()))
        .hasSize(1);
  }

  @Test
  void aBufferMayReachOutOfTheHours() {
    List<Hours> hours = Given.hours("MON 09:00-09:30");

    assertThat(times(visit(60, 60, 1), hours, starts("2027-03-15", "-07:00", "09:00"), List.of()))
        .hasSize(1);
  }

  @ParameterizedTest(name = "{0} on {1}, every {2} minutes")
  @CsvSource({
    // Two o'clock is skipped. The day has 23 full hours, 46 half hours and 11 even hours.
    "America/Los_Angeles, 2027-03-14, 60, 23",
    "America/Los_Angeles, 2027-03-14, 30, 46",
    "America/Los_Angeles, 2027-03-14, 120, 11",
    // One o'clock occurs twice.
    "America/Los_Angeles, 2027-11-07, 60, 25",
    "America/Los_Angeles, 2027-11-07, 30, 50",
    "America/Los_Angeles, 2027-11-07, 120, 12",
    // In October, 2:00 is skipped and 2:30 is not. In April, 1:30 occurs twice and 1:00 once.
    "Australia/Lord_Howe, 2027-10-03, 60, 23",
    "Australia/Lord_Howe, 2027-10-03, 30, 47",
    "Australia/Lord_Howe, 2027-04-04, 60, 24",
    "Australia/Lord_Howe, 2027-04-04, 30, 49",
    "America/Santiago, 2027-09-05, 120, 11",
    "Asia/Kolkata, 2027-03-14, 60, 24"
  })
  void theGridIsThatOfTheClockAlsoWhenItIsChanged(String zone, String day, int step, int starts) {
    SlotQuery query = TestQueries.query(visit(0, 0, step), day, day, Optional.empty());
    Interval window = query.windowIn(ZoneId.of(zone)).orElseThrow();
    TimeSet allowed =
        TimeSet.of(List.of(new Interval(window.start(), window.end().plusSeconds(3_600))));
    List<Interval> proposed =
        every(Duration.ofMinutes(5), window).stream()
            .filter(time -> time.start().isBefore(window.end()))
            .toList();

    List<Interval> offers =
        query
            .rulesAt(bookable("s1", "ann", "harbor", zone).location())
            .offered(allowed, proposed, List.of());

    assertThat(offers).hasSize(starts);
    assertThat(offers)
        .allMatch(
            one ->
                LocalTime.ofInstant(one.start(), ZoneId.of(zone)).toSecondOfDay() % (step * 60)
                    == 0);
  }

  @Test
  void aTimeThroughTwoSchedulesAppearsOncePerPlace() {
    BookableClinician first = bookable("schedule-1", "ann", "harbor", PACIFIC);
    BookableClinician second = bookable("schedule-2", "ann", "harbor", PACIFIC);
    BookableClinician elsewhere = bookable("schedule-3", "ann", "virtual", PACIFIC);
    BookableClinician other = bookable("schedule-4", "bob", "harbor", PACIFIC);
    Interval nine = starts("2027-03-15", "-07:00", "09:00").get(0);

    List<Offer> offers =
        Offer.inOrder(
            List.of(
                new Offer(other, nine),
                new Offer(elsewhere, nine),
                new Offer(first, nine),
                new Offer(second, nine)));

    assertThat(offers)
        .containsExactly(
            new Offer(first, nine), new Offer(elsewhere, nine), new Offer(other, nine));
  }

  @Test
  void offersAreByStartThenClinicianThenPlaceWhateverOrderTheyComeIn() {
    List<Interval> times = starts("2027-11-07", "-07:00", "00:30", "01:30", "02:30");
    List<Offer> expected = new ArrayList<>();
    for (Interval time : times) {
      for (String who : List.of("ann", "bob", "cy")) {
        for (String place : List.of("harbor", "virtual")) {
          expected.add(new Offer(bookable(who + place, who, place, PACIFIC), time));
        }
      }
    }
    List<Offer> shuffled = new ArrayList<>(expected);
    Random random = new Random(Long.getLong("seed", 3L));
    for (int round = 0; round < 100; round++) {
      Collections.shuffle(shuffled, random);

      assertThat(Offer.inOrder(shuffled)).isEqualTo(expected);
    }
  }

  @Test
  void theFirstOfEachClinicianIsTheEarliestWhereverItIs() {
    List<Interval> times = starts("2027-03-15", "-07:00", "09:00", "10:00", "11:00");
    Offer annLate = new Offer(bookable("s1", "ann", "harbor", PACIFIC), times.get(1));
    Offer annLater = new Offer(bookable("s2", "ann", "annex", PACIFIC), times.get(2));
    Offer bob = new Offer(bookable("s3", "bob", "virtual", PACIFIC), times.get(0));
    Offer bobLater = new Offer(bookable("s4", "bob", "harbor", PACIFIC), times.get(1));

    List<Offer> sorted = Offer.inOrder(List.of(annLater, bobLater, annLate, bob));

    assertThat(Offer.firstPerPractitioner(sorted)).containsExactly(bob, annLate);
  }

  @Test
  void nobodyAndNothingIsNoOffer() {
    assertThat(Offer.inOrder(List.of())).isEmpty();
    assertThat(Offer.firstPerPractitioner(List.of())).isEmpty();
    assertThat(times(visit(0, 0, 1), List.of(), List.of(), List.of(MONDAY))).isEmpty();
    assertThat(times(visit(0, 0, 1), List.of(), List.of(MONDAY), List.of(MONDAY))).isEmpty();
  }

  /** The times that are offered on Monday in Los Angeles. */
  private static List<Interval> times(
      VisitType visit, List<Hours> hours, List<Interval> proposed, List<Interval> busy) {
    BookableClinician with = bookable("schedule-1", "ann", "harbor", PACIFIC);
    TimeSet allowed = new WallClock(ZoneId.of(PACIFIC)).during(hours, MONDAY);
    SlotQuery query = TestQueries.query(visit, "2027-03-15", "2027-03-15", Optional.empty());
    return query.rulesAt(with.location()).offered(allowed, proposed, busy);
  }

  private static List<Interval> starts(String day, String offset, String... times) {
    List<Interval> starts = new ArrayList<>();
    for (String time : times) {
      starts.add(Interval.of(Given.instant(day + "T" + time + offset), Duration.ofMinutes(30)));
    }
    return starts;
  }

  private static List<Interval> every(Duration step, Interval window) {
    List<Interval> proposed = new ArrayList<>();
    for (Instant at = window.start(); at.isBefore(window.end()); at = at.plus(step)) {
      proposed.add(Interval.of(at, Duration.ofMinutes(30)));
    }
    return proposed;
  }

  /** The same rule in other words: the visit with its own buffers overlaps no busy time. */
  private static boolean keepsApart(Interval time, VisitType visit, List<Interval> busy) {
    Instant needsFrom = time.start().minus(visit.bufferBefore());
    Instant needsTo = time.end().plus(visit.bufferAfter());
    return busy.stream()
        .allMatch(one -> !one.start().isBefore(needsTo) || !one.end().isAfter(needsFrom));
  }
}
