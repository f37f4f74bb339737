package clinic.scheduling.sandbox.recurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=DAILY;INTERVAL=10;COUNT=3               | 2026-09-01 2026-09-11 2026-09-21",
        "FREQ=WEEKLY;BYDAY=TU,TH;INTERVAL=2;COUNT=4   | 2026-09-01 2026-09-03 2026-09-15"
            + " 2026-09-17",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,TU;UNTIL=20260920 | 2026-09-01 2026-09-13"
            + " 2026-09-15",
        "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2           | 2026-10-31 2026-12-31",
        "FREQ=MONTHLY;BYDAY=2TU;COUNT=3               | 2026-09-08 2026-10-13 2026-11-10",
        "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3              | 2026-09-25 2026-10-30 2026-11-27",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;COUNT=3 | 2026-09-01 2026-10-01"
            + " 2026-11-02",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=1  | 2028-02-29",
        "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=2     | 2026-11-26 2027-11-25"
      })
  void itGivesTheStartsOfTheRule(String rule, String days) {
    Recurrence series = Recurrence.of(rule, at("2026-09-01T09:00:00"), CHICAGO);

    assertThat(
            series.starts(
                Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:00:00Z")))
        .isEqualTo(Stream.of(days.split(" ")).map(day -> at(day + "T09:00:00")).toList());
  }

  @Test
  void anEndlessRuleGivesOnlyTheStartsOfTheWindow() {
    Recurrence series = Recurrence.of("FREQ=DAILY", at("2000-01-01T09:00:00"), CHICAGO);

    List<LocalDateTime> starts =
        series.starts(Instant.parse("2026-09-01T14:00:00Z"), Instant.parse("2026-09-03T14:00:00Z"));

    assertThat(starts).containsExactly(at("2026-09-01T09:00:00"), at("2026-09-02T09:00:00"));
  }

  @Test
  void wallClockTimeStaysWhenDaylightSavingTimeEnds() {
    Recurrence series =
        Recurrence.of("FREQ=WEEKLY;COUNT=2", at("2026-10-27T09:00:00"), ZoneId.of("Europe/Berlin"));
    Recurrence ours = Recurrence.of("FREQ=WEEKLY;COUNT=2", at("2026-10-27T09:00:00"), CHICAGO);

    assertThat(instants(series))
        .isEqualTo(instants("2026-10-27T08:00:00Z", "2026-11-03T08:00:00Z"));
    assertThat(instants(ours)).isEqualTo(instants("2026-10-27T14:00:00Z", "2026-11-03T15:00:00Z"));
  }

  @Test
  void aStartThatTheClockLeavesOutIsAnHourLater() {
    Recurrence series = Recurrence.of("FREQ=DAILY;COUNT=3", at("2027-03-13T02:30:00"), CHICAGO);

    assertThat(instants(series))
        .isEqualTo(
            instants("2027-03-13T08:30:00Z", "2027-03-14T08:30:00Z", "2027-03-15T07:30:00Z"));
    assertThat(
            series.starts(
                Instant.parse("2027-03-14T08:30:00Z"), Instant.parse("2027-03-14T08:31:00Z")))
        .containsExactly(at("2027-03-14T02:30:00"));
  }

  @ParameterizedTest
  @CsvSource({
    "20260903, 3",
    "20260903T140000Z, 3",
    "20260903T135959Z, 2",
    "20260903T090000, 3",
    "20260903T085959, 2"
  })
  void theTimeOfTheRulesEndCounts(String until, int starts) {
    Recurrence series =
        Recurrence.of("FREQ=DAILY;UNTIL=" + until, at("2026-09-01T09:00:00"), CHICAGO);

    assertThat(instants(series)).hasSize(starts);
  }

  @Test
  void itKnowsWhetherAStartIsTheRules() {
    Recurrence series =
        Recurrence.of("FREQ=WEEKLY;BYDAY=TU;COUNT=2", at("2026-09-01T09:00:00"), CHICAGO);

    assertThat(series.has(at("2026-09-08T09:00:00"))).isTrue();
    assertThat(series.has(at("2026-09-08T10:00:00"))).isFalse();
    assertThat(series.has(at("2026-09-15T09:00:00"))).isFalse();
    assertThat(series.has(at("2026-08-25T09:00:00"))).isFalse();
  }

  @Test
  void tooManyStartsInOneWindowAreAnError() {
    Recurrence series = Recurrence.of("FREQ=DAILY", at("2000-01-01T09:00:00"), CHICAGO);

    assertThatThrownBy(
            () ->
                series.starts(
                    Instant.parse("2000-01-01T00:00:00Z"), Instant.parse("2100-01-01T00:00:00Z")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "FREQ=SOMETIMES",
        "INTERVAL=2",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101",
        "FREQ=DAILY;UNTIL=20200101",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"
      })
  void whatIsNoRuleIsRefused(String rule) {
    assertThatThrownBy(() -> Recurrence.of(rule, at("2026-09-01T09:00:00"), CHICAGO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Instant> instants(Recurrence series) {
    return series
        .starts(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:00:00Z"))
        .stream()
        .map(series::instant)
        .toList();
  }

  private static List<Instant> instants(String... texts) {
    return Stream.of(texts).map(Instant::parse).toList();
  }

  private static LocalDateTime at(String text) {
    return LocalDateTime.parse(text);
  }
}
