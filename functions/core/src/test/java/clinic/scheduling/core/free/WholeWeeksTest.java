package clinic.scheduling.core.free;

import static clinic.scheduling.core.free.Given.instant;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Hours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * If the window and the busy times are shifted by whole weeks, the free times are shifted by the
 * same weeks, unless the clocks change in between. If they do, hours keep their local time. {@code
 * -Dseed=...} replays a run.
 */
class WholeWeeksTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final int ROUNDS = 500;

  private record Week(List<Hours> hours, List<Interval> busy, Interval window) {
    TimeSet free(ZoneId zone) {
      return new WallClock(zone).during(hours, window).minus(TimeSet.of(busy));
    }

    Week shifted(Duration by) {
      return new Week(hours, WholeWeeksTest.shifted(busy, by), WholeWeeksTest.shifted(window, by));
    }
  }

  @BeforeAll
  static void sayTheSeed() {
    System.out.println("WholeWeeksTest seed " + SEED);
  }

  @ParameterizedTest(name = "{0} from {1}, up to {2} weeks")
  @CsvSource({
    "Asia/Kolkata, 2027-01-03T18:30Z, 100",
    "America/Phoenix, 2027-01-04T07:00Z, 100",
    "UTC, 2027-01-04T00:00Z, 100",
    "America/Los_Angeles, 2027-03-14T10:00Z, 32",
    "America/Los_Angeles, 2027-11-07T09:00Z, 16",
    "Australia/Lord_Howe, 2027-10-02T15:30Z, 24"
  })
  void aShiftByWholeWeeksCommutesWhereTheClocksAreNotChanged(String zone, String from, int most) {
    Random random = new Random(SEED);
    int notEmpty = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Week week = someWeek(instant(from), random);
      Duration by = Duration.ofDays(7L * random.nextInt(1, most + 1));

      TimeSet now = week.free(ZoneId.of(zone));
      TimeSet later = week.shifted(by).free(ZoneId.of(zone));

      assertThat(later.parts())
          .as("seed %s, round %s, %s by %s", SEED, round, week, by)
          .isEqualTo(shifted(now.parts(), by));
      notEmpty += now.isEmpty() ? 0 : 1;
    }
    assertThat(notEmpty).as("seed %s", SEED).isGreaterThan(ROUNDS / 2);
  }

  @ParameterizedTest(name = "{0} from {1} local")
  @CsvSource({
    "America/Los_Angeles, 2027-03-08T00:00, PT167H",
    "America/Los_Angeles, 2027-11-01T00:00, PT169H",
    "Europe/London, 2027-03-22T00:00, PT167H",
    "Europe/London, 2027-10-25T00:00, PT169H",
    "Australia/Lord_Howe, 2027-09-27T00:00, PT167H30M",
    "Australia/Lord_Howe, 2027-03-29T00:00, PT168H30M"
  })
  void acrossAChangeHoursKeepTheirPlaceOnTheClockAndInstantsMove(
      String zoneId, LocalDateTime monday, Duration apart) {
    ZoneId zone = ZoneId.of(zoneId);
    WallClock clock = new WallClock(zone);
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      List<Hours> hours = someHours(random);

      List<Interval> before = clock.during(hours, fiveDays(monday, zone)).parts();
      List<Interval> after = clock.during(hours, fiveDays(monday.plusDays(7), zone)).parts();

      assertThat(after).as("seed %s, %s", SEED, hours).isEqualTo(shifted(before, apart));
      assertThat(shownIn(zone, after))
          .as("seed %s, %s", SEED, hours)
          .isEqualTo(shownIn(zone, before).stream().map(one -> one.plusDays(7)).toList());
    }
  }

  private static Interval fiveDays(LocalDateTime monday, ZoneId zone) {
    return new Interval(
        monday.atZone(zone).toInstant(), monday.plusDays(5).atZone(zone).toInstant());
  }

  private static List<LocalDateTime> shownIn(ZoneId zone, List<Interval> any) {
    return any.stream()
        .map(Interval::start)
        .map(start -> LocalDateTime.ofInstant(start, zone))
        .toList();
  }

  private static Week someWeek(Instant from, Random random) {
    int first = random.nextInt(0, 5_000);
    Interval window = stretch(from, first, random.nextInt(first + 1, 10_080));
    List<Interval> busy = new ArrayList<>();
    for (int i = random.nextInt(0, 20); i > 0; i--) {
      int start = random.nextInt(0, 10_000);
      busy.add(stretch(from, start, start + random.nextInt(1, 300)));
    }
    return new Week(someHours(random), busy, window);
  }

  private static Interval stretch(Instant from, int firstMinute, int endMinute) {
    return new Interval(
        from.plus(Duration.ofMinutes(firstMinute)), from.plus(Duration.ofMinutes(endMinute)));
  }

  private static List<Hours> someHours(Random random) {
    List<Hours> some = new ArrayList<>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(random.nextInt(1, 6)));
      days.add(DayOfWeek.of(random.nextInt(1, 8)));
      int from = random.nextInt(0, 1_380);
      some.add(new Hours(days, from, random.nextInt(from + 1, 1_441)));
    }
    return some;
  }

  private static List<Interval> shifted(List<Interval> any, Duration by) {
    return any.stream().map(one -> shifted(one, by)).toList();
  }

  private static Interval shifted(Interval one, Duration by) {
    return new Interval(one.start().plus(by), one.end().plus(by));
  }
}
