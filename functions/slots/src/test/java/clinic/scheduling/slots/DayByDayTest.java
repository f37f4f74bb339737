package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.licence.Licences;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.free.Given;
import clinic.scheduling.core.practice.Hours;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practitioner;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A slot belongs to the local day on which it begins. So asking day by day finds the same slots as
 * asking for all days at once, each slot once, in every zone and across a change of the clocks.
 */
class DayByDayTest {
  private static final Duration STEP = Duration.ofMinutes(15);
  private static final List<String> ZONES =
      List.of(
          "America/Los_Angeles",
          "America/New_York",
          "America/Havana",
          "America/Santiago",
          "America/St_Johns",
          "Europe/London",
          "Asia/Beirut",
          "Asia/Kolkata",
          "Asia/Kathmandu",
          "Australia/Lord_Howe",
          "Pacific/Chatham",
          "Pacific/Kiritimati",
          "UTC");

  /** On or near each of these days, the clocks change in some of the zones. */
  private static final List<String> CHANGES =
      List.of(
          "2027-03-14",
          "2027-03-28",
          "2027-04-04",
          "2027-09-05",
          "2027-10-03",
          "2027-10-31",
          "2027-11-07");

  private static final int TRIES = 2_000;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "2027-01-12, Asia/Kolkata, 2027-01-12T18:15:00Z", // 23:45 in Kolkata, 10:15 in Los Angeles
    "2027-03-14, Asia/Kolkata, 2027-03-14T18:15:00Z",
    "2027-11-07, America/Los_Angeles, 2027-11-08T07:45:00Z",
    "2027-03-14, America/Havana, 2027-03-15T03:45:00Z",
    "2027-09-04, America/Santiago, 2027-09-05T03:45:00Z" // the next day begins at 01:00
  })
  void aSlotThatBeginsBeforeMidnightIsOfItsDay(String day, String zone, Instant start) {
    Interval late = Interval.of(start, Duration.ofMinutes(30));
    Setting here = new Setting("America/Los_Angeles", List.of(), List.of(late));

    assertThat(here.ask(day, day, zone)).containsExactly(start);
    String next = LocalDate.parse(day).plusDays(1).toString();
    assertThat(here.ask(next, next, zone)).isEmpty();
  }

  @Test
  void aSlotThatBeginsAtMidnightIsOfTheNextDay() {
    Interval midnight = Given.interval("2027-01-12T18:30Z/19:00Z");
    Setting here = new Setting("America/Los_Angeles", List.of(), List.of(midnight));

    assertThat(here.ask("2027-01-12", "2027-01-12", "Asia/Kolkata")).isEmpty();
    assertThat(here.ask("2027-01-13", "2027-01-13", "Asia/Kolkata")).hasSize(1);
  }

  @Test
  void betweenInstantsASlotLiesWhole() {
    Interval slot = Given.interval("2027-01-12T18:15Z/18:45Z");
    Setting here = new Setting("America/Los_Angeles", List.of(), List.of(slot));

    assertThat(here.ask("2027-01-12T18:15:00Z", "2027-01-12T18:45:00Z", "UTC")).hasSize(1);
    assertThat(here.ask("2027-01-12T18:15:00Z", "2027-01-12T18:44:59Z", "UTC")).isEmpty();
  }

  @Test
  void dayByDayAndInOneQuestionAreTheSame() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("DayByDayTest seed " + seed);
    Random random = new Random(seed);
    int overMidnight = 0;
    for (int i = 0; i < TRIES; i++) {
      String zone = one(ZONES, random);
      LocalDate first = LocalDate.parse(one(CHANGES, random)).plusDays(random.nextInt(5) - 4L);
      LocalDate last = first.plusDays(random.nextInt(5));
      Setting here = random(first, last, random);

      List<Instant> together = here.ask(first.toString(), last.toString(), zone);
      List<Instant> each = new ArrayList<>();
      for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
        each.addAll(here.ask(day.toString(), day.toString(), zone));
      }

      assertThat(each).as("seed %d, try %d, %s in %s", seed, i, here, zone).isEqualTo(together);
      assertThat(together)
          .as("seed %d, try %d, %s in %s", seed, i, here, zone)
          .isEqualTo(here.begunOn(first, last, ZoneId.of(zone)));
      overMidnight += here.overMidnight(together, ZoneId.of(zone));
    }
    assertThat(overMidnight).as("seed %d", seed).isGreaterThan(TRIES / 10);
  }

  private static Setting random(LocalDate first, LocalDate last, Random random) {
    List<Hours> hours =
        List.of(
                List.<Hours>of(),
                Given.everyDay("00:00-24:00"),
                Given.everyDay("09:00-17:00"),
                Given.everyDay("20:00-24:00"))
            .get(random.nextInt(4));
    List<Interval> candidates = new ArrayList<>();
    Instant end = last.plusDays(3).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant start = first.minusDays(2).atStartOfDay(ZoneOffset.UTC).toInstant();
    while (start.isBefore(end)) {
      if (random.nextInt(3) > 0) {
        candidates.add(Interval.of(start, Duration.ofMinutes(30)));
      }
      start = start.plus(STEP);
    }
    return new Setting(one(ZONES, random), hours, candidates);
  }

  private static String one(List<String> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  /**
   * A clinician at one place, with a licence for many years, and the times that Canvas proposes
   * there.
   */
  private record Setting(String placeZone, List<Hours> hours, List<Interval> candidates) {

    List<Instant> ask(String from, String to, String zone) {
      SlotQuery query =
          TestQueries.query(Given.visit(0, 0, 1), from, to, Optional.of(ZoneId.of(zone)));
      Instant now = Instant.parse("2027-01-01T00:00:00Z");
      return BookableHours.of(bookable(), query, now).offers(candidates, List.of()).stream()
          .map(Offer::start)
          .toList();
    }

    /**
     * The starts that must be found: those of all allowed slots that begin on these days in this
     * zone.
     */
    List<Instant> begunOn(LocalDate first, LocalDate last, ZoneId zone) {
      return candidates.stream()
          .filter(
              slot -> {
                LocalDate day = LocalDate.ofInstant(slot.start(), zone);
                return !day.isBefore(first) && !day.isAfter(last);
              })
          .filter(
              slot ->
                  query()
                      .rulesAt(bookable().location())
                      .open(slot, Instant.parse("2027-01-01T00:00:00Z"))
                      .parts()
                      .equals(List.of(slot)))
          .map(Interval::start)
          .toList();
    }

    long overMidnight(List<Instant> starts, ZoneId zone) {
      return candidates.stream()
          .filter(slot -> starts.contains(slot.start()))
          .filter(
              slot ->
                  !LocalDate.ofInstant(slot.start(), zone)
                      .equals(LocalDate.ofInstant(slot.end().minusNanos(1), zone)))
          .count();
    }

    private static SlotQuery query() {
      return TestQueries.query(Given.visit(0, 0, 1), "2027-01-01", "2027-01-01", Optional.empty());
    }

    private BookableClinician bookable() {
      Practitioner.Licence licence =
          new Practitioner.Licence(
              "CA", LocalDate.parse("2020-01-01"), LocalDate.parse("2040-01-01"));
      Location.Address address = new Location.Address("1 Pier", "Harbor", "CA", "90001");
      return new BookableClinician(
          "s",
          new Practitioner("who", "c", "Who", List.of(), List.of(), List.of(), List.of()),
          new Location(
              "place", "Place", "1", "p", Optional.of(address), ZoneId.of(placeZone), hours),
          Licences.of(
              new clinic.scheduling.canvas.fhir.Practitioner("c", true, null, null, null),
              List.of(licence)),
          List.of());
    }

    @Override
    public String toString() {
      return "place in " + placeZone + ", " + hours;
    }
  }
}
