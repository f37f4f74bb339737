package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Seed;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.sandbox.canvas.Fault;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A seeded walk: people do anything in both calendars, Canvas and the table fail, workers die and
 * messages are lost. In the end the blocks are those of the meetings.
 */
@QuarkusTest
class AnyHistoryTest extends MirrorCase {
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final int ROUNDS = 12;
  private static final int STEPS = 25;
  private static final List<Fault.Kind> FAULTS =
      List.of(
          Fault.Kind.CUT, Fault.Kind.CUT_AFTER_EFFECT, Fault.Kind.STATUS, Fault.Kind.EMPTY_BODY);

  private final Map<String, Integer> reached = new HashMap<>();

  @Test
  void theBlocksAreThoseOfTheMeetings() {
    long seed = Seed.of(AnyHistoryTest.class);
    for (int round = 0; round < ROUNDS; round++) {
      log.close();
      anEmptyWorld();
      Random random = new Random(seed + round);
      for (int step = 0; step < STEPS; step++) {
        act(random);
        trouble(random);
        deliver(random.nextBoolean() ? Provider.OUTLOOK : Provider.GOOGLE);
        calm();
        clock.move(Duration.ofSeconds(random.nextInt(200)));
      }
      settle();

      assertThat(shown()).as("seed %d round %d", seed, round).isEqualTo(expected());
    }
    assertThat(reached.keySet())
        .contains("died", "fault", "unreadable", "moved", "removed", "copied", "all-day");
  }

  private void act(Random random) {
    String id = "m" + random.nextInt(6);
    PersonalCalendars where = random.nextBoolean() ? outlook : google;
    switch (random.nextInt(6)) {
      case 0 -> {
        where.remove(MAILBOX, id);
        reached("removed");
      }
      case 1 -> {
        LocalDate first = LocalDate.ofInstant(day(1 + random.nextInt(40)), ZONE);
        where.put(MAILBOX, meeting(id, new AllDay(first, first.plusDays(1 + random.nextInt(3)))));
        reached("all-day");
      }
      case 2 -> {
        outlook.of(MAILBOX).values().stream()
            .findFirst()
            .ifPresent(one -> google.put(MAILBOX, one));
        reached("copied");
      }
      default -> {
        if (where.of(MAILBOX).containsKey(id)) {
          reached("moved");
        }
        where.put(MAILBOX, meeting(id, hour(1 + random.nextInt(40))));
      }
    }
  }

  private void trouble(Random random) {
    switch (random.nextInt(6)) {
      case 0 -> {
        rows.loseAfter(random.nextInt(25));
        reached("died");
      }
      case 1 -> {
        Fault.Kind kind = FAULTS.get(random.nextInt(FAULTS.size()));
        String method = List.of("POST", "PUT", "GET").get(random.nextInt(3));
        sandbox.canvas().faults().add(Fault.once(kind, method, "/Appointment"));
        reached("fault");
      }
      case 2 -> {
        outlook.fail(new CalendarOutcome.Unknown(Duration.ofSeconds(5)));
        reached("unreadable");
      }
      default -> reached("calm");
    }
  }

  private void calm() {
    rows.recover();
    outlook.recover();
    sandbox.canvas().faults().clear();
  }

  private void settle() {
    for (int n = 0; n < 5; n++) {
      clock.move(LEASE.plusMinutes(6));
      deliver(change(Provider.OUTLOOK).forced());
      deliver(change(Provider.GOOGLE).forced());
    }
    clock.move(LEASE.plusMinutes(6));
    mirrorBoth();
  }

  private void reached(String what) {
    reached.merge(what, 1, Integer::sum);
  }

  /** The times of the blocks, by the meeting's own digest or that of a later day. */
  private Map<String, List<Interval>> shown() {
    return Map.of("times", times().stream().sorted(AnyHistoryTest::byStart).toList());
  }

  private Map<String, List<Interval>> expected() {
    List<Meeting> meetings = new ArrayList<>(outlook.of(MAILBOX).values());
    google.of(MAILBOX).values().stream()
        .filter(one -> !isWithin(one, outlook.of(MAILBOX).get(one.id())))
        .forEach(meetings::add);
    return Map.of(
        "times",
        meetings.stream()
            .flatMap(one -> one.when().accept(new Days()).stream())
            .sorted(AnyHistoryTest::byStart)
            .collect(Collectors.toList()));
  }

  /** Whether a copy of the meeting in the first calendar takes all of its time. */
  private static boolean isWithin(Meeting one, @Nullable Meeting first) {
    if (first == null) {
      return false;
    }
    List<Interval> inner = one.when().accept(new Days());
    List<Interval> outer = first.when().accept(new Days());
    return !outer.get(0).start().isAfter(inner.get(0).start())
        && !outer.get(outer.size() - 1).end().isBefore(inner.get(inner.size() - 1).end());
  }

  private static int byStart(Interval one, Interval other) {
    int start = one.start().compareTo(other.start());
    return start != 0 ? start : one.end().compareTo(other.end());
  }

  /** One block for each day of an all-day meeting. */
  private static final class Days implements Meeting.When.Visitor<List<Interval>> {
    @Override
    public List<Interval> timed(Meeting.Timed timed) {
      return List.of(new Interval(timed.start(), timed.end()));
    }

    @Override
    public List<Interval> allDay(AllDay allDay) {
      return allDay
          .start()
          .datesUntil(allDay.end())
          .map(
              day ->
                  new Interval(
                      day.atStartOfDay(ZONE).toInstant(),
                      day.plusDays(1).atStartOfDay(ZONE).toInstant()))
          .toList();
    }
  }
}
