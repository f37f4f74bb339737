package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.Toggle;
import io.quarkus.test.junit.QuarkusTest;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WindowsAndZonesTest extends FindSlotsCase {

  @Test
  void datesAreLocalDaysAndBothCount() {
    List<String> starts = slots("visit=office&from=2026-12-29&to=2026-12-30").starts();

    assertThat(starts).hasSize(6);
    assertThat(starts.get(0)).isEqualTo("2026-12-29T09:00:00-08:00");
    assertThat(starts.get(5)).isEqualTo("2026-12-30T13:15:00-08:00");
  }

  @Test
  void datesAreDaysOfTheAskedZoneAndTimesAreShownInIt() {
    List<String> starts =
        slots("visit=office&from=2026-12-30&to=2026-12-30&timezone=Asia/Tokyo").starts();

    assertThat(starts)
        .containsExactly(
            "2026-12-30T02:00:00+09:00", "2026-12-30T02:30:00+09:00", "2026-12-30T06:15:00+09:00");
  }

  @Test
  void aSlotOverMidnightOfTheAskedZoneIsOfTheDayOnWhichItBegins() {
    // Midnight in Yangon is 9:30 at the harbor.
    sandbox.canvas().toggles().set(Toggle.SLOT_STEP_MINUTES, 15);
    String yangon = "visit=office&timezone=Asia/Yangon";

    assertThat(slots(yangon + "&from=2026-12-29&to=2026-12-29").starts())
        .contains("2026-12-29T23:30:00+06:30", "2026-12-29T23:45:00+06:30")
        .noneMatch(start -> start.startsWith("2026-12-30"));
    assertThat(slots(yangon + "&from=2026-12-30&to=2026-12-30").starts())
        .contains("2026-12-30T00:00:00+06:30")
        .allMatch(start -> start.startsWith("2026-12-30"));
  }

  @Test
  void instantsAreHalfOpen() {
    String from = "visit=office&from=2026-12-29T17:00:00Z&to=";

    assertThat(slots(from + "2026-12-29T18:00:00Z").starts())
        .containsExactly("2026-12-29T09:00:00-08:00", "2026-12-29T09:30:00-08:00");
    assertThat(slots(from + "2026-12-29T17:30:00Z").starts())
        .containsExactly("2026-12-29T09:00:00-08:00");
    assertThat(
            slots("visit=office&from=2026-12-29T17:00:01Z&to=2026-12-29T10:00:00-08:00").starts())
        .containsExactly("2026-12-29T09:30:00-08:00");
  }

  @Test
  void nineOClockStaysNineOClockWhenTheClocksGoForward() {
    at("2027-03-10T12:00:00Z");

    List<String> starts = slots("visit=office&from=2027-03-12&to=2027-03-15").starts();

    assertThat(starts)
        .containsExactly(
            "2027-03-12T09:00:00-08:00",
            "2027-03-12T09:30:00-08:00",
            "2027-03-12T13:15:00-08:00",
            "2027-03-15T09:00:00-07:00",
            "2027-03-15T09:30:00-07:00",
            "2027-03-15T13:15:00-07:00");
  }

  @Test
  void nineOClockStaysNineOClockWhenTheClocksGoBack() {
    at("2027-11-01T12:00:00Z");

    List<String> starts = slots("visit=office&from=2027-11-05&to=2027-11-08").starts();

    assertThat(starts)
        .containsExactly(
            "2027-11-05T09:00:00-07:00",
            "2027-11-05T09:30:00-07:00",
            "2027-11-05T13:15:00-07:00",
            "2027-11-08T09:00:00-08:00",
            "2027-11-08T09:30:00-08:00",
            "2027-11-08T13:15:00-08:00");
  }

  @Test
  void theLongestWindowMissesNoDayAndRepeatsNone() {
    LocalDate first = LocalDate.parse("2026-12-28");

    List<String> starts = slots("visit=office&from=2026-12-28&to=2027-02-28&limit=200").starts();

    List<String> expected =
        first
            .datesUntil(LocalDate.parse("2027-02-26"))
            .filter(WindowsAndZonesTest::isWorkday)
            .flatMap(day -> Stream.of("T09:00", "T09:30", "T13:15").map(time -> day + time))
            .toList();
    assertThat(starts).extracting(start -> start.substring(0, 16)).isEqualTo(expected);
  }

  @Test
  void sixtyTwoDaysAreTheMost() {
    assertThat(refused("visit=office&from=2026-12-28&to=2027-03-01").wrongFields())
        .containsExactly("to");
    assertThat(
            refused("visit=office&from=2026-12-28T00:00:00Z&to=2027-02-28T00:00:01Z").wrongFields())
        .containsExactly("to");
    slots("visit=office&from=2026-12-28T00:00:00Z&to=2027-02-28T00:00:00Z");
  }

  @Test
  void aWindowInThePastOrFarAheadIsEmpty() {
    assertThat(slots("visit=office&from=2026-12-01&to=2026-12-24").slots()).isEmpty();
    assertThat(slots("visit=office&from=9999-12-01&to=9999-12-31").slots()).isEmpty();
    assertThat(slots("visit=office&from=0000-01-01&to=0000-01-02").slots()).isEmpty();
  }

  private static boolean isWorkday(LocalDate day) {
    return day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
  }
}
