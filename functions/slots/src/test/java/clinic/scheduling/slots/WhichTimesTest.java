package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Interval;
import clinic.scheduling.sandbox.canvas.CanvasExamples;
import clinic.scheduling.sandbox.canvas.Toggle;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Buffers, hours, grids and the appointments in Canvas decide which candidates are offered. */
@QuarkusTest
class WhichTimesTest extends FindSlotsCase {
  private static final String TUESDAY = "&from=2026-12-29&to=2026-12-29";

  @Test
  void buffersKeepAwayFromAppointmentsOnBothSides() {
    sandbox.canvas().toggles().set(Toggle.SLOT_STEP_MINUTES, 5);
    assertThat(slots("visit=home" + TUESDAY).starts())
        .contains("2026-12-29T09:00:00-08:00", "2026-12-29T09:30:00-08:00");

    book("2026-12-29T17:30:00Z", "2026-12-29T17:45:00Z", true);
    forgetTimes();

    // A home visit needs 15 minutes before it and 10 after it: none ends after 9:20 or begins
    // before 10:00.
    assertThat(slots("visit=home" + TUESDAY).starts()).containsExactly("2026-12-29T13:15:00-08:00");
    assertThat(slots("visit=office" + TUESDAY).starts())
        .containsExactly("2026-12-29T09:00:00-08:00", "2026-12-29T13:15:00-08:00");
  }

  @Test
  void theBuffersOfTheOtherVisitCountToo() {
    sandbox.canvas().toggles().set(Toggle.SLOT_STEP_MINUTES, 5);
    ObjectNode home = visit("2026-12-29T17:40:00Z", "2026-12-29T18:00:00Z");
    ((ObjectNode) home.at("/appointmentType/coding/0")).put("code", "439708006");
    sandbox.canvas().frontDesk().book(home);

    // The home visit needs 15 minutes before it, so no other visit may end after 9:25.
    assertThat(slots("visit=office" + TUESDAY).starts())
        .containsExactly("2026-12-29T13:15:00-08:00");
  }

  @Test
  void blockedTimeWithoutAPatientKeepsItsTime() {
    book("2026-12-29T17:00:00Z", "2026-12-29T17:30:00Z", false);

    assertThat(slots("visit=office" + TUESDAY).starts())
        .containsExactly("2026-12-29T09:30:00-08:00", "2026-12-29T13:15:00-08:00");
  }

  /** The longest block that a meeting takes in Canvas. */
  @Test
  void timeThatWasBlockedSinceTheDayBeforeIsNotOfferedEvenIfCanvasProposesIt() {
    sandbox.canvas().toggles().set(Toggle.SLOT_LAG_SECONDS, 3600);

    book("2026-12-28T17:05:00Z", "2026-12-29T17:05:00Z", false);

    assertThat(slots("visit=office" + TUESDAY).starts())
        .containsExactly("2026-12-29T09:30:00-08:00", "2026-12-29T13:15:00-08:00");
  }

  @Test
  void aTimeThatCanvasStillProposesThoughItIsTakenIsNotOffered() {
    sandbox.canvas().toggles().set(Toggle.SLOT_LAG_SECONDS, 3600);

    book("2026-12-29T17:00:00Z", "2026-12-29T17:30:00Z", true);

    assertThat(slots("visit=office" + TUESDAY).starts())
        .containsExactly("2026-12-29T09:30:00-08:00", "2026-12-29T13:15:00-08:00");
  }

  @Test
  void aCancelledVisitFreesItsTime() {
    String id = book("2026-12-29T17:00:00Z", "2026-12-29T17:30:00Z", true);
    assertThat(slots("visit=office" + TUESDAY).starts()).hasSize(2);

    sandbox.canvas().frontDesk().cancel(id);
    forgetTimes();

    assertThat(slots("visit=office" + TUESDAY).starts()).hasSize(3);
  }

  @Test
  void onlyTheHoursAndTheGridOfTheVisitTypeAreOffered() {
    String grid = "visit=grid&practitioner=" + OMAR;

    assertThat(slots(grid + "&from=2026-12-28&to=2026-12-28").starts())
        .containsExactly(
            "2026-12-28T13:00:00-08:00", "2026-12-28T14:00:00-08:00", "2026-12-28T15:00:00-08:00");
    assertThat(slots(grid + "&from=2026-12-29&to=2026-12-29").starts())
        .hasSize(8)
        .allMatch(start -> start.contains(":00:00-08:00"));
    assertThat(slots(grid + "&from=2026-12-31&to=2026-12-31").starts()).isEmpty();
  }

  @Test
  void theReasonDecidesTheLengthUnlessOneIsAsked() {
    String gil = "visit=consult&practitioner=gil" + TUESDAY;

    assertThat(lengthOf(slots(gil))).isEqualTo(20);
    assertThat(lengthOf(slots(gil + "&reason=ANY"))).isEqualTo(20);
    assertThat(lengthOf(slots(gil + "&reason=LONG"))).isEqualTo(60);
    assertThat(lengthOf(slots(gil + "&reason=LONG&duration=30"))).isEqualTo(30);
  }

  @Test
  void firstPerPractitionerShowsEachOnce() {
    Answer answer =
        slots("visit=video&firstPer=practitioner&from=2026-12-29&to=2026-12-31&state=CA");

    assertThat(answer.starts())
        .containsExactly("2026-12-29T09:00:00-08:00", "2026-12-29T10:00:00-08:00");
    assertThat(answer.practitioners()).containsExactly(OMAR, INGRID);
    Answer page =
        slots("visit=video&firstPer=practitioner&from=2026-12-29&to=2026-12-31&state=CA&limit=1");
    assertThat(
            slots(
                    "visit=video&firstPer=practitioner&from=2026-12-29&to=2026-12-31&state=CA&limit=1&cursor="
                        + page.body().path("next").asText())
                .practitioners())
        .containsExactly(INGRID);
  }

  @Test
  void daysAreFoundWhicheverZoneCanvasCountsThemIn() {
    String late = "visit=video&limit=200&practitioner=" + OMAR + TUESDAY;
    Answer local = slots(late);

    sandbox.canvas().toggles().set(Toggle.SLOT_DAYS_IN, "utc");
    forgetTimes();

    assertThat(slots(late).starts()).isEqualTo(local.starts()).hasSize(24);
  }

  @Test
  void canvasIsAskedInPartsThatItAnswers() {
    sandbox.canvas().toggles().set(Toggle.SLOT_MAX_DAYS, 16);

    assertThat(slots("visit=office&limit=200&from=2026-12-28&to=2027-02-28").starts())
        .hasSizeGreaterThan(120);
  }

  @Test
  void nobodyIsAskedAboutTimesThatCannotBeBooked() {
    slots("visit=office&from=2026-12-01&to=2026-12-24");
    slots("visit=office&from=2027-05-01&to=2027-05-24");

    assertThat(callsFor("Slot")).isZero();
    assertThat(callsFor("Appointment")).isZero();
  }

  @Test
  void aHoldWithItsBuffersKeepsItsTime() {
    Interval held =
        new Interval(Instant.parse("2026-12-29T16:45:00Z"), Instant.parse("2026-12-29T17:10:00Z"));
    holds.hold(OutsideWorld.INGRID, "bk-1", held, Duration.ofMinutes(5));

    assertThat(slots("visit=office" + TUESDAY).starts())
        .containsExactly("2026-12-29T09:30:00-08:00", "2026-12-29T13:15:00-08:00");
  }

  /** Canvas refuses the block of the meeting, so only the hold says that the time is taken. */
  @Test
  void timeThatIsReservedForAMeetingIsNotOffered() {
    Interval piece =
        new Interval(Instant.parse("2026-12-29T17:00:00Z"), Instant.parse("2026-12-29T17:30:00Z"));
    assertThat(slots("visit=office" + TUESDAY).starts()).hasSize(3);

    holds.hold(OutsideWorld.INGRID, "meeting-1", piece, Duration.ofHours(12));

    assertThat(slots("visit=office" + TUESDAY).starts())
        .containsExactly("2026-12-29T09:30:00-08:00", "2026-12-29T13:15:00-08:00");
  }

  @Test
  void aTimeThatStaffHaveFreedIsOfferedAfterFiveSecondsThoughItIsHeld() {
    String id = book("2026-12-29T17:00:00Z", "2026-12-29T17:30:00Z", true);
    booked(id, 9);
    assertThat(slots("visit=office" + TUESDAY).starts()).hasSize(2);

    sandbox.canvas().frontDesk().cancel(id);
    clock.move(VersionedCache.KEPT);

    assertThat(slots("visit=office" + TUESDAY).starts()).hasSize(3);
  }

  @Test
  void aTimeFromWhichStaffHaveMovedAVisitIsOffered() {
    String id = book("2026-12-29T17:00:00Z", "2026-12-29T17:30:00Z", true);
    booked(id, 9);
    sandbox
        .canvas()
        .frontDesk()
        .reschedule(id, Instant.parse("2026-12-29T21:15:00Z"), Optional.empty(), Optional.empty());

    assertThat(slots("visit=office" + TUESDAY).starts())
        .containsExactly("2026-12-29T09:00:00-08:00", "2026-12-29T09:30:00-08:00");
  }

  @Test
  void aBookedTimeOfWhichCanvasShowsNothingYetIsNotOffered() {
    booked("not-yet-shown", 9);

    for (int seconds : new int[] {0, 5, 24}) {
      clock.move(Duration.ofSeconds(seconds));
      assertThat(slots("visit=office" + TUESDAY).starts()).hasSize(2);
    }
  }

  @Test
  void aVisitThatCanvasStillShowsWhereItWasKeepsItsNewTime() {
    String id = book("2026-12-29T17:00:00Z", "2026-12-29T17:30:00Z", true);
    booked(id, 13);

    assertThat(slots("visit=office" + TUESDAY).starts())
        .containsExactly("2026-12-29T09:30:00-08:00");
  }

  /**
   * Holds the time of an appointment as a booking does, for longer than a read of Canvas may lag.
   */
  private void booked(String appointment, int hour) {
    Instant start =
        LocalDate.parse("2026-12-29")
            .atTime(hour, hour == 9 ? 0 : 15)
            .toInstant(ZoneOffset.ofHours(-8));
    holds.hold(
        OutsideWorld.INGRID,
        "bk-1",
        Interval.of(start, Duration.ofMinutes(30)),
        Duration.ofMinutes(16),
        appointment);
  }

  private static int lengthOf(Answer answer) {
    return answer.slots().get(0).path("durationMinutes").asInt();
  }

  private String book(String start, String end, boolean patient) {
    return sandbox
        .canvas()
        .frontDesk()
        .book(patient ? visit(start, end) : example(15).put("start", start).put("end", end));
  }

  /** A visit with Ingrid. */
  private static ObjectNode visit(String start, String end) {
    return example(14).put("start", start).put("end", end);
  }

  private static ObjectNode example(int number) {
    ObjectNode body = ((ObjectNode) CanvasExamples.number(number).body()).deepCopy();
    body.remove("identifier");
    return body;
  }
}
