package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.token.SlotToken;
import clinic.scheduling.core.token.Verdict;
import clinic.scheduling.sandbox.canvas.CalendarEvent;
import clinic.scheduling.sandbox.canvas.ScheduleKey;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OffersTest extends FindSlotsCase {
  private static final String TUESDAY = "visit=office&from=2026-12-29&to=2026-12-29";
  private static final Instant NINE = Instant.parse("2026-12-29T17:00:00Z");

  @Test
  void whatCanvasOffersIsOfferedAndNothingElse() {
    assertThat(slots(TUESDAY).starts())
        .containsExactly(
            "2026-12-29T09:00:00-08:00", "2026-12-29T09:30:00-08:00", "2026-12-29T13:15:00-08:00");
  }

  @Test
  void aSlotSaysWhoWhereAndHowAndCarriesASignedValueForTheBooking() {
    JsonNode slot = slots(TUESDAY).slots().get(0);

    assertThat(slot.path("end").asText()).isEqualTo("2026-12-29T09:30:00-08:00");
    assertThat(slot.path("durationMinutes").asInt()).isEqualTo(30);
    assertThat(slot.path("visit").asText()).isEqualTo("office");
    assertThat(slot.path("modality").asText()).isEqualTo("in-person");
    assertThat(slot.at("/practitioner/name").asText()).isEqualTo("Ingrid Testwell MD");
    assertThat(slot.at("/location/id").asText()).isEqualTo("harbor");
    assertThat(SlotToken.read(slot.path("slot").asText(), tokens))
        .isEqualTo(
            new Verdict.Valid<>(
                new SlotToken(
                    "Location.1-Staff." + OutsideWorld.INGRID,
                    OutsideWorld.INGRID,
                    "harbor",
                    "office",
                    NINE,
                    30)));
  }

  @Test
  void theSignedValueIsGoodForFifteenMinutes() {
    String slot = slots(TUESDAY).slots().get(0).path("slot").asText();

    clock.move(Duration.ofMinutes(15).minusSeconds(1));
    assertThat(SlotToken.read(slot, tokens)).isInstanceOf(Verdict.Valid.class);
    clock.move(Duration.ofSeconds(1));
    assertThat(SlotToken.read(slot, tokens)).isInstanceOf(Verdict.Expired.class);
  }

  @Test
  void whatIsClosedInCanvasMeanwhileIsNoLongerOffered() {
    at("2027-06-01T12:00:00Z");
    LocalDate day = LocalDate.parse("2027-06-08"); // no other test uses this day
    String query = "visit=office&from=" + day + "&to=" + day;
    assertThat(slots(query).starts()).hasSize(3);

    sandbox
        .canvas()
        .addToCalendar(
            CalendarEvent.on(
                CalendarEvent.Kind.ADMIN,
                new ScheduleKey(1, OutsideWorld.INGRID),
                day,
                LocalTime.of(9, 0),
                LocalTime.of(9, 45)));
    assertThat(slots(query).starts()).hasSize(3);
    clock.move(Duration.ofSeconds(5));

    assertThat(slots(query).starts()).containsExactly("2027-06-08T13:15:00-07:00");
  }

  @Test
  void aHeldTimeIsNotOfferedUntilTheHoldEnds() {
    Interval held = Interval.of(NINE, Duration.ofMinutes(30));
    holds.hold(OutsideWorld.INGRID, "bk-1", held, Duration.ofMinutes(5));

    assertThat(slots(TUESDAY).starts())
        .containsExactly("2026-12-29T09:30:00-08:00", "2026-12-29T13:15:00-08:00");
    clock.move(Duration.ofMinutes(5));
    assertThat(slots(TUESDAY).starts()).hasSize(3);
  }

  @Test
  void aHoldOfOneClinicianTakesNothingFromAnother() {
    Interval held = Interval.of(NINE.plusSeconds(3600), Duration.ofMinutes(20));
    holds.hold(OutsideWorld.INGRID, "bk-1", held, Duration.ofMinutes(5));

    Answer answer = slots("visit=video&from=2026-12-29T18:00:00Z&to=2026-12-29T18:20:00Z&limit=10");

    assertThat(answer.starts()).containsExactly("2026-12-29T10:00:00-08:00");
    assertThat(answer.practitioners()).containsExactly(OMAR);
  }

  @Test
  void nothingIsOfferedWithinTheMinimumNotice() {
    at("2026-12-29T16:00:00Z");
    assertThat(slots(TUESDAY).starts()).contains("2026-12-29T09:00:00-08:00");

    at("2026-12-29T16:00:01Z");
    assertThat(slots(TUESDAY).starts())
        .containsExactly("2026-12-29T09:30:00-08:00", "2026-12-29T13:15:00-08:00");
  }

  @Test
  void nothingIsOfferedBeyondTheBookingWindow() {
    assertThat(slots("visit=office&from=2027-02-25&to=2027-03-05").starts())
        .hasSize(3)
        .allMatch(start -> start.startsWith("2027-02-25"));
  }

  @Test
  void theAskedDurationIsOfferedAndTheFirstOneOtherwise() {
    String query = "visit=video&from=2026-12-29&to=2026-12-29&practitioner=" + INGRID;

    assertThat(slots(query).starts()).hasSize(6);
    Answer longer = slots(query + "&duration=30");
    assertThat(longer.starts()).hasSize(4);
    assertThat(longer.slots()).allMatch(slot -> slot.path("durationMinutes").asInt() == 30);
  }

  @Test
  void onlyWhatWasAskedForIsOffered() {
    String video = "visit=video&from=2026-12-29&to=2026-12-29";

    assertThat(slots(video).practitioners()).containsExactlyInAnyOrder(INGRID, OMAR);
    assertThat(slots(video + "&practitioner=" + OMAR).practitioners()).containsExactly(OMAR);
    assertThat(slots(video + "&specialty=family-medicine").slots()).isNotEmpty();
    assertThat(slots(video + "&specialty=dermatology").slots()).isEmpty();
    assertThat(slots(video + "&location=virtual").slots()).isNotEmpty();
    assertThat(slots(video + "&location=harbor").slots()).isEmpty();
  }
}
