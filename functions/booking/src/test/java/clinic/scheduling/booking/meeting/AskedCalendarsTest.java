package clinic.scheduling.booking.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The keys for a provider are needed only if the practice document binds such a calendar. */
class AskedCalendarsTest {
  private static final String FROM_CANVAS = "\"direction\": \"from-canvas\"";
  private static final String BOTH = "\"direction\": \"both\"";
  private static final Map<String, String> FOR_OUTLOOK =
      Map.of(
          "GRAPH_URL", "http://graph.invalid/v1.0",
          "GRAPH_TOKEN_URL", "http://token.invalid",
          "GRAPH_CLIENT_ID", "id",
          "GRAPH_CLIENT_SECRET", "secret");

  @Test
  void noCalendarThatIsFilledFromCanvasIsAskedOrNeedsKeys() throws IOException {
    Practice practice = practice(FROM_CANVAS, "");
    AskedCalendars calendars = calendars(practice, Map.of());

    assertThat(practice.practitioners()).isNotEmpty();
    assertThat(practice.practitioners()).allMatch(who -> calendars.of(who).isEmpty());
  }

  @Test
  void eachMissingKeyOfEachProviderIsNamedInOneMessage() {
    assertThatThrownBy(() -> calendars(practice(BOTH, ""), Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(
            "which needs GOOGLE_CALENDAR_URL, GOOGLE_SERVICE_ACCOUNT, GOOGLE_TOKEN_URL, "
                + "GRAPH_CLIENT_ID, GRAPH_CLIENT_SECRET, GRAPH_TOKEN_URL, GRAPH_URL");
    assertThatThrownBy(() -> calendars(practice(BOTH, ""), FOR_OUTLOOK))
        .hasMessageEndingWith(
            "which needs GOOGLE_CALENDAR_URL, GOOGLE_SERVICE_ACCOUNT, GOOGLE_TOKEN_URL");
  }

  @Test
  void aPracticeWithOneProviderNeedsTheKeysOfThatOneOnly() {
    assertThatCode(
            () -> {
              Practice practice = outlookOnly();
              AskedCalendars calendars = calendars(practice, FOR_OUTLOOK);

              assertThat(calendars.of(practice.practitioners().get(0)))
                  .extracting(CalendarBinding::provider)
                  .containsExactly(Provider.OUTLOOK);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void aPracticeThatDoesNotCheckAtBookingNeedsNone() throws IOException {
    Practice practice = practice(BOTH, ", \"checkAtBooking\": false");

    assertThat(calendars(practice, Map.of()).of(practice.practitioners().get(0))).isEmpty();
  }

  private static AskedCalendars calendars(Practice practice, Map<String, String> keys) {
    CalendarKeys mapped =
        new SmallRyeConfigBuilder()
            .withMapping(CalendarKeys.class)
            .withDefaultValues(keys)
            .build()
            .getConfigMapping(CalendarKeys.class);
    return new AskedCalendars(practice, mapped, () -> null, () -> null);
  }

  private static Practice outlookOnly() throws IOException {
    return read(json().replaceAll("(\"outlook\".*)" + FROM_CANVAS, "$1" + BOTH), "");
  }

  private static Practice practice(String direction, String rules) throws IOException {
    return read(json().replace(FROM_CANVAS, direction), rules);
  }

  private static Practice read(String json, String rules) {
    return PracticeReader.read(
        json.replaceFirst(
            "\\{",
            "{\"meetings\": {\"eventType\": {\"system\": \"INTERNAL\", \"code\": \"BUSY\"}%s},"
                .formatted(rules)));
  }

  private static String json() throws IOException {
    return Files.readString(Path.of("../../infra/practice.example.json"));
  }
}
