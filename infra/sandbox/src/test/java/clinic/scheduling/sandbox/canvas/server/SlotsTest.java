package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.CalendarEvent;
import clinic.scheduling.sandbox.canvas.CanvasExamples;
import clinic.scheduling.sandbox.canvas.ScheduleKey;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.World;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Slots are open hours minus whatever takes time, in the local time of the location. */
class SlotsTest {
  private static final ScheduleKey INGRID = new ScheduleKey(1, World.INGRID);
  private static final LocalDate TUESDAY = LocalDate.parse("2027-03-16");

  @Test
  void theScheduleIsNeededAndMayBeAReference() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      assertThat(canvas.get("/Slot?start=2027-03-16").status()).isEqualTo(400);
      assertThat(canvas.get("/Slot?schedule=Ingrid").status()).isEqualTo(400);
      assertThat(starts(canvas, "schedule=Schedule/" + RunningCanvas.INGRID_HARBOR + tuesday(30)))
          .hasSize(3);
    }
  }

  @Test
  void withoutDatesItIsSevenDaysFromTodayInUtcAndTwentyMinutes() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start(open(9, 10), "2027-03-16T00:30:00Z")) {
      List<String> starts = starts(canvas, "schedule=" + RunningCanvas.INGRID_HARBOR);

      assertThat(starts).first().isEqualTo("2027-03-16T09:00:00-07:00");
      assertThat(starts).last().isEqualTo("2027-03-23T09:40:00-07:00");
      assertThat(starts).hasSize(6 * 3);
    }
  }

  @Test
  void slotsHaveNoIdAndAreFree() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      var slot =
          canvas
              .get("/Slot?schedule=" + RunningCanvas.INGRID_HARBOR + tuesday(30))
              .json()
              .path("entry")
              .path(0)
              .path("resource");

      assertThat(slot.has("id")).isFalse();
      assertThat(slot.path("status").asText()).isEqualTo("free");
    }
  }

  @Test
  void nonsenseIsRefused() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String schedule = "/Slot?schedule=" + RunningCanvas.INGRID_HARBOR;

      assertThat(canvas.get(schedule + "&duration=0").status()).isEqualTo(400);
      assertThat(canvas.get(schedule + "&duration=half").status()).isEqualTo(400);
      assertThat(canvas.get(schedule + "&start=16.03.2027").status()).isEqualTo(400);
      assertThat(canvas.get("/Slot?schedule=Location.9-Staff." + World.INGRID).json().path("total"))
          .hasToString("0");
    }
  }

  @Test
  void theStepCanBeShorterThanTheVisitSoThatSlotsOverlap() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start(open(9, 10))) {
      canvas.canvas.toggles().set(Toggle.SLOT_STEP_MINUTES, 15);

      assertThat(starts(canvas, ingrid(30))).containsExactly(at("09:00"), at("09:15"), at("09:30"));
    }
  }

  @Test
  void anAppointmentTakesItsTimeAndACancelledOneGivesItBack() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String id = canvas.create(RunningCanvas.visit());
      assertThat(starts(canvas, ingrid(30))).containsExactly(at("09:30"), at("13:15"));

      canvas.canvas.frontDesk().cancel(id);

      assertThat(starts(canvas, ingrid(30))).hasSize(3);
      canvas.canvas.toggles().set(Toggle.CANCELLED_BLOCKS_SLOT, true);
      assertThat(starts(canvas, ingrid(30))).hasSize(2);
    }
  }

  @Test
  void aMissedVisitDoesNotBlockUnlessAskedTo() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.frontDesk().noShow(canvas.create(RunningCanvas.visit()));
      assertThat(starts(canvas, ingrid(30))).hasSize(3);

      canvas.canvas.toggles().set(Toggle.NO_SHOW_BLOCKS_SLOT, true);

      assertThat(starts(canvas, ingrid(30))).hasSize(2);
    }
  }

  @Test
  void anAppointmentAtOneLocationTakesTheTimeAtTheOther() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start(World.local())) {
      String virtual = "schedule=Location.2-Staff." + World.INGRID + tuesday(30);
      int before = starts(canvas, virtual).size();

      var body = RunningCanvas.visit();
      body.withArray("/participant").remove(0);
      body.put("description", "Busy").remove(List.of("reasonCode", "contained"));
      body.set("appointmentType", CanvasExamples.number(15).body().path("appointmentType"));
      canvas.create(body);

      assertThat(starts(canvas, virtual)).hasSize(before - 1).doesNotContain(at("09:00"));
    }
  }

  @Test
  void adminTimeAndBusyBlocksCloseTheHours() throws Exception {
    World world =
        open(9, 12)
            .plus(event(CalendarEvent.Kind.ADMIN, 9, 10))
            .plus(event(CalendarEvent.Kind.BUSY, 10, 11));
    try (RunningCanvas canvas = RunningCanvas.start(world)) {
      assertThat(starts(canvas, ingrid(60))).containsExactly(at("11:00"));

      canvas.canvas.toggles().set(Toggle.BUSY_BLOCKS, false);

      assertThat(starts(canvas, ingrid(60))).containsExactly(at("10:00"), at("11:00"));
    }
  }

  @Test
  void holdsOpenOnTheirDay() throws Exception {
    World world =
        open(9, 11)
            .plus(event(CalendarEvent.Kind.SAME_DAY_HOLD, 9, 10))
            .plus(event(CalendarEvent.Kind.NEXT_DAY_HOLD, 10, 11));
    try (RunningCanvas canvas = RunningCanvas.start(world, "2027-03-14T20:00:00Z")) {
      assertThat(starts(canvas, ingrid(60))).isEmpty();

      canvas.clock.set("2027-03-15T07:30:00Z");
      canvas.signIn();
      assertThat(starts(canvas, ingrid(60))).as("the day before").containsExactly(at("10:00"));

      canvas.clock.set("2027-03-16T07:30:00Z");
      canvas.signIn();
      assertThat(starts(canvas, ingrid(60))).as("the day").hasSize(2);
    }
  }

  @Test
  void hoursCanBeKeptForOneVisitType() throws Exception {
    CalendarEvent forTelehealth =
        new CalendarEvent(
            CalendarEvent.Kind.CLINIC,
            Optional.of(World.INGRID),
            Optional.empty(),
            Set.of(DayOfWeek.TUESDAY),
            Optional.empty(),
            LocalTime.of(9, 0),
            LocalTime.of(10, 0),
            List.of(World.SNOMED + "|448337001"));
    try (RunningCanvas canvas = RunningCanvas.start(World.examples().withCalendar(forTelehealth))) {
      String type = "&appointment-type=http://snomed.info/sct%7C";

      assertThat(starts(canvas, ingrid(60) + type + "448337001")).hasSize(1);
      assertThat(starts(canvas, ingrid(60) + type + "308335008")).isEmpty();
    }
  }

  @Test
  void theDayThatSpringsForwardSkipsAnHour() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start(open(0, 4), "2027-03-13T00:00:00Z")) {
      assertThat(starts(canvas, day("2027-03-14", 60)))
          .containsExactly(
              "2027-03-14T00:00:00-08:00",
              "2027-03-14T01:00:00-08:00",
              "2027-03-14T03:00:00-07:00");
    }
  }

  @Test
  void theDayThatFallsBackHasAnHourTwice() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start(open(0, 3), "2027-11-06T00:00:00Z")) {
      assertThat(starts(canvas, day("2027-11-07", 60)))
          .containsExactly(
              "2027-11-07T00:00:00-07:00",
              "2027-11-07T01:00:00-07:00",
              "2027-11-07T01:00:00-08:00",
              "2027-11-07T02:00:00-08:00");
    }
  }

  @Test
  void slotsCanLagBehindABooking() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.toggles().set(Toggle.SLOT_LAG_SECONDS, 60);
      canvas.create(RunningCanvas.visit());
      assertThat(starts(canvas, ingrid(30))).hasSize(3);

      canvas.clock.advance(Duration.ofSeconds(60));

      assertThat(starts(canvas, ingrid(30))).hasSize(2);
    }
  }

  @Test
  void pastSlotsAreLeftOut() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start(World.examples(), "2027-03-16T17:00:00Z")) {
      assertThat(starts(canvas, ingrid(30))).containsExactly(at("13:15"));
    }
  }

  @Test
  void aSearchOverMoreDaysThanTheLimitIsRefused() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String week = "/Slot?schedule=" + RunningCanvas.INGRID_HARBOR + "&start=2027-03-16&end=";
      canvas.canvas.toggles().set(Toggle.SLOT_MAX_DAYS, 7);

      assertThat(canvas.get(week + "2027-03-22").status()).isEqualTo(200);
      var tooLong = canvas.get(week + "2027-03-23");
      assertThat(tooLong.status()).isEqualTo(400);
      assertThat(tooLong.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    }
  }

  @Test
  void daysCanBeThoseOfUtc() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start(open(0, 0), "2027-03-10T00:00:00Z")) {
      List<String> local = starts(canvas, day("2027-03-16", 60));
      canvas.canvas.toggles().set(Toggle.SLOT_DAYS_IN, "utc");
      List<String> utc = starts(canvas, day("2027-03-16", 60));

      assertThat(local).hasSize(24).first().isEqualTo("2027-03-16T00:00:00-07:00");
      assertThat(utc).hasSize(24).first().isEqualTo("2027-03-15T17:00:00-07:00");
      assertThat(utc).last().isEqualTo("2027-03-16T16:00:00-07:00");
    }
  }

  @Test
  void aDayOfUtcIsClosedByWhatClosesTheLocalDayBefore() throws Exception {
    World world =
        open(0, 0)
            .plus(
                CalendarEvent.on(
                    CalendarEvent.Kind.ADMIN,
                    INGRID,
                    TUESDAY.minusDays(1),
                    LocalTime.of(0, 0),
                    LocalTime.MIDNIGHT));
    try (RunningCanvas canvas = RunningCanvas.start(world, "2027-03-10T00:00:00Z")) {
      canvas.canvas.toggles().set(Toggle.SLOT_DAYS_IN, "utc");

      assertThat(starts(canvas, day("2027-03-16", 60)))
          .hasSize(17)
          .first()
          .isEqualTo("2027-03-16T00:00:00-07:00");
    }
  }

  private static List<String> starts(RunningCanvas canvas, String query) throws Exception {
    var answer = canvas.get("/Slot?" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer
        .json()
        .path("entry")
        .valueStream()
        .map(entry -> entry.path("resource").path("start").asText())
        .toList();
  }

  private static String ingrid(int minutes) {
    return "schedule=" + RunningCanvas.INGRID_HARBOR + tuesday(minutes);
  }

  private static String tuesday(int minutes) {
    return "&start=2027-03-16&end=2027-03-16&duration=" + minutes;
  }

  private static String day(String date, int minutes) {
    return "schedule=%s&start=%s&end=%s&duration=%d"
        .formatted(RunningCanvas.INGRID_HARBOR, date, date, minutes);
  }

  private static String at(String time) {
    return "2027-03-16T" + time + ":00-07:00";
  }

  private static World open(int from, int to) {
    Set<DayOfWeek> daily = Set.of(DayOfWeek.values());
    Set<DayOfWeek> days =
        from == 0
            ? daily
            : Set.of(
                DayOfWeek.MONDAY,
                DayOfWeek.TUESDAY,
                DayOfWeek.WEDNESDAY,
                DayOfWeek.THURSDAY,
                DayOfWeek.FRIDAY);
    return World.examples()
        .withCalendar(
            CalendarEvent.weekly(INGRID, days, LocalTime.of(from, 0), LocalTime.of(to, 0)));
  }

  private static CalendarEvent event(CalendarEvent.Kind kind, int from, int to) {
    return CalendarEvent.on(kind, INGRID, TUESDAY, LocalTime.of(from, 0), LocalTime.of(to, 0));
  }
}
