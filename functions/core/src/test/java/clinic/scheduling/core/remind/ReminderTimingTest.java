package clinic.scheduling.core.remind;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.QuietHours;
import clinic.scheduling.core.practice.ReminderStep;
import clinic.scheduling.core.remind.ReminderPlan.Decision;
import clinic.scheduling.core.remind.UpcomingVisit.State;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * When a reminder is sent. The columns of the table are: the name of the case, the reminder, the
 * start of the visit in the local time of the place, the zone of the place, the zone of the
 * patient, when the patient was last told something (in the local time of the place), the state of
 * the visit, the present time in the local time of the patient, and the decision. After {@code
 * wait} comes the time of the next decision, in the local time of the patient.
 */
class ReminderTimingTest {
  private static final QuietHours USUAL = new QuietHours(LocalTime.of(20, 0), LocalTime.of(8, 0));
  private static final String LA = "America/Los_Angeles";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a week before to the minute                       | week    | 2027-05-12T09:00 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-05T09:00 | now
          a minute too early                                | week    | 2027-05-12T09:00 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-05T08:59 | wait 2027-05-05T09:00
          an e-mail wakes nobody                            | week    | 2027-05-12T22:30 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-05T22:30 | now
          an e-mail found again a day later                 | week    | 2027-05-12T09:00 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-06T08:59 | now
          an e-mail found again too late                    | week    | 2027-05-12T09:00 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-06T09:01 | too-late
          booked ten days ahead                             | week    | 2027-05-12T09:00 | America/Los_Angeles | America/Los_Angeles | 2027-05-02T08:59 | UNCONFIRMED | 2027-05-05T09:00 | now
          booked nine days ahead                            | week    | 2027-05-12T09:00 | America/Los_Angeles | America/Los_Angeles | 2027-05-03T09:00 | UNCONFIRMED | 2027-05-05T09:00 | told-lately
          booked inside the week                            | week    | 2027-05-12T09:00 | America/Los_Angeles | America/Los_Angeles | 2027-05-06T09:00 | UNCONFIRMED | 2027-05-06T09:05 | told-lately
          clocks go forward between reminder and visit      | week    | 2027-03-17T09:00 | America/Los_Angeles | America/Los_Angeles | 2027-02-01T10:00 | UNCONFIRMED | 2027-03-10T09:00 | now
          and an hour before that it is too early           | week    | 2027-03-17T09:00 | America/Los_Angeles | America/Los_Angeles | 2027-02-01T10:00 | UNCONFIRMED | 2027-03-10T08:00 | wait 2027-03-10T09:00
          clocks go back between reminder and visit         | week    | 2027-11-10T09:00 | America/Los_Angeles | America/Los_Angeles | 2027-10-01T10:00 | UNCONFIRMED | 2027-11-03T09:00 | now
          two days that have 47 hours                       | confirm | 2027-03-15T10:00 | America/Los_Angeles | America/Los_Angeles | 2027-02-01T10:00 | UNCONFIRMED | 2027-03-13T10:00 | now
          two days that have 49 hours                       | confirm | 2027-11-08T10:00 | America/Los_Angeles | America/Los_Angeles | 2027-10-01T10:00 | UNCONFIRMED | 2027-11-06T10:00 | now
          due at an hour that the clocks skip               | confirm | 2027-03-16T02:30 | America/Los_Angeles | America/Los_Angeles | 2027-02-01T10:00 | UNCONFIRMED | 2027-03-14T03:30 | wait 2027-03-14T08:00
          two hours before on the day the clocks go forward | soon    | 2027-03-14T10:00 | America/Los_Angeles | America/Los_Angeles | 2027-02-01T10:00 | UNCONFIRMED | 2027-03-14T08:00 | now
          48 hours before, by day                           | confirm | 2027-05-12T14:00 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-10T14:00 | now
          48 hours before an evening visit                  | confirm | 2027-05-12T20:30 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-10T20:30 | wait 2027-05-11T08:00
          the morning after                                 | confirm | 2027-05-12T20:30 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-11T08:00 | now
          eight in the evening is quiet                     | confirm | 2027-05-12T20:00 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-10T20:00 | wait 2027-05-11T08:00
          a minute before is not                            | confirm | 2027-05-12T19:59 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-10T19:59 | now
          a patient three hours behind the clinic           | confirm | 2027-05-12T09:00 | America/New_York    | America/Los_Angeles | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-10T06:00 | wait 2027-05-10T08:00
          a patient on the other side of the world          | confirm | 2027-05-12T09:00 | America/Los_Angeles | Asia/Tokyo          | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-11T01:00 | wait 2027-05-11T08:00
          a patient where there is no daylight saving       | soon    | 2027-07-12T11:00 | America/Los_Angeles | America/Phoenix     | 2027-06-01T10:00 | UNCONFIRMED | 2027-07-12T09:00 | now
          two hours before an early visit                   | soon    | 2027-05-12T09:30 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-12T07:30 | wait 2027-05-12T08:00
          one that would be missed is told in the quiet     | soon    | 2027-05-12T08:30 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-12T06:30 | now
          a confirmed patient is left in peace              | soon    | 2027-05-12T14:00 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | CONFIRMED   | 2027-05-12T12:00 | confirmed
          but reminded of the day                           | confirm | 2027-05-12T14:00 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | CONFIRMED   | 2027-05-10T14:00 | now
          cancelled in between                              | confirm | 2027-05-12T14:00 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | NOT_AWAITED | 2027-05-10T14:00 | not-awaited
          booked an hour before it is due                   | confirm | 2027-05-12T14:00 | America/Los_Angeles | America/Los_Angeles | 2027-05-10T13:00 | UNCONFIRMED | 2027-05-10T14:00 | told-lately
          moved across it, to a time whose hour is past     | confirm | 2027-05-12T14:00 | America/Los_Angeles | America/Los_Angeles | 2027-05-11T09:00 | UNCONFIRMED | 2027-05-11T09:01 | told-lately
          moved away, to a time that is not near yet        | confirm | 2027-05-20T14:00 | America/Los_Angeles | America/Los_Angeles | 2027-05-10T13:00 | UNCONFIRMED | 2027-05-10T14:00 | wait 2027-05-18T14:00
          booked an hour before the visit                   | soon    | 2027-05-12T14:00 | America/Los_Angeles | America/Los_Angeles | 2027-05-12T13:00 | UNCONFIRMED | 2027-05-12T13:01 | told-lately
          nobody knows when it was booked                   | week    | 2027-05-12T09:00 | America/Los_Angeles | America/Los_Angeles | 1970-01-01T00:00 | UNCONFIRMED | 2027-05-05T09:00 | now
          an hour that went by while all was down           | soon    | 2027-05-12T14:00 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-12T12:31 | too-late
          the visit has begun                               | soon    | 2027-05-12T14:00 | America/Los_Angeles | America/Los_Angeles | 2027-04-01T10:00 | UNCONFIRMED | 2027-05-12T14:00 | over
          """)
  void aReminder(
      String name,
      String step,
      LocalDateTime start,
      ZoneId place,
      ZoneId patient,
      LocalDateTime told,
      State state,
      LocalDateTime now,
      String expected) {
    UpcomingVisit visit =
        new UpcomingVisit(
            start.atZone(place).toInstant(), state, told.atZone(place).toInstant(), place, patient);

    Decision decision = ReminderPlan.of(step(step), visit, USUAL, now.atZone(patient).toInstant());

    assertThat(shown(decision, patient)).as(name).isEqualTo(expected);
  }

  /**
   * An e-mail in the evening may be replaced by a text message, which waits for the morning and is
   * still in time then.
   */
  @Test
  void whatWaitedForTheMorningInPlaceOfAnEmailIsNotTooLate() {
    ReminderStep late =
        new ReminderStep("late", Duration.ofHours(12), "email", Duration.ofHours(4), false, false);
    UpcomingVisit visit = visit("2027-05-12T16:00:00Z");
    Instant eight = Instant.parse("2027-05-12T15:00:00Z");

    assertThat(ReminderPlan.of(late, visit, USUAL, eight)).isEqualTo(new ReminderPlan.Send());
    assertThat(ReminderPlan.of(late, visit, USUAL, Instant.parse("2027-05-12T04:00:00Z")))
        .isEqualTo(new ReminderPlan.Send());
  }

  @Test
  void withoutQuietHoursNothingWaits() {
    UpcomingVisit visit = visit("2027-05-12T20:30:00Z");
    QuietHours none = new QuietHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);

    for (int hour = 0; hour < 24; hour++) {
      Instant at = Instant.parse("2027-05-10T20:30:00Z").plus(Duration.ofMinutes(hour * 30L));
      assertThat(ReminderPlan.of(step("confirm"), visit, none, at))
          .isEqualTo(new ReminderPlan.Send());
    }
  }

  /**
   * A decision to wait names a later time. If the decision is made again at each of these times,
   * the reminder is sent after at most three waits.
   */
  @Test
  void waitingComesToAnEnd() {
    long seed = Long.getLong("seed", 20270512L);
    Random random = new Random(seed);
    int waits = 0;
    for (int i = 0; i < 2_000; i++) {
      UpcomingVisit visit =
          visit(Instant.parse("2027-01-01T00:00:00Z").plusSeconds(random.nextInt(31_536_000)));
      ReminderStep step = ReminderStep.defaults().get(random.nextInt(3));
      Instant now = ReminderTime.due(step, visit.start(), visit.place());
      Decision decision = ReminderPlan.of(step, visit, USUAL, now);
      for (int asked = 0; decision instanceof ReminderPlan.Wait wait; asked++) {
        assertThat(wait.until()).as("seed " + seed).isAfter(now);
        assertThat(asked).as("seed " + seed).isLessThan(3);
        waits++;
        now = wait.until();
        decision = ReminderPlan.of(step, visit, USUAL, now);
      }
      assertThat(decision).as("seed " + seed + ", " + visit).isEqualTo(new ReminderPlan.Send());
    }
    assertThat(waits).as("some had to wait").isPositive();
  }

  /** The interval that we search contains every visit whose reminder is due in the given period. */
  @Test
  void noVisitWhoseReminderIsDueIsOutsideOfTheScan() {
    long seed = Long.getLong("seed", 20270513L);
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      Instant start = Instant.parse("2027-01-01T00:00:00Z").plusSeconds(random.nextInt(31_536_000));
      ReminderStep step = ReminderStep.defaults().get(random.nextInt(3));
      Instant due = ReminderTime.due(step, start, ZoneId.of(LA));
      Interval scan =
          ReminderTime.starts(
              step,
              new Interval(due.minusSeconds(1), due.plusSeconds(1)),
              List.of(ZoneId.of(LA), ZoneId.of("America/Phoenix")));
      assertThat(start).as("seed " + seed).isAfterOrEqualTo(scan.start()).isBefore(scan.end());
    }
  }

  @Test
  void onAnOrdinaryDayTheScanIsNoWiderThanWhatIsDue() {
    Instant now = Instant.parse("2027-05-10T17:00:00Z");
    Interval due = new Interval(now.minusSeconds(300), now);

    for (ReminderStep step : ReminderStep.defaults()) {
      Interval scan = ReminderTime.starts(step, due, List.of(ZoneId.of(LA)));
      assertThat(Duration.between(scan.start(), scan.end())).isEqualTo(Duration.ofMinutes(7));
    }
  }

  private static UpcomingVisit visit(String start) {
    return visit(Instant.parse(start));
  }

  private static UpcomingVisit visit(Instant start) {
    return new UpcomingVisit(start, State.UNCONFIRMED, Instant.EPOCH, ZoneId.of(LA), ZoneId.of(LA));
  }

  private static ReminderStep step(String id) {
    return ReminderStep.defaults().stream()
        .filter(step -> step.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static String shown(Decision decision, ZoneId zone) {
    return decision.fold(
        () -> "now",
        wait -> "wait " + LocalDateTime.ofInstant(wait.until(), zone),
        ReminderPlan.Drop::why);
  }
}
