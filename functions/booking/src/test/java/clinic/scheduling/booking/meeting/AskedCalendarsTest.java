package clinic.scheduling.booking.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.keys.SimulatedKeys;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    AskedCalendars calendars = calendars(practice);

    assertThat(errors(practice, Map.of())).isEmpty();
    assertThat(practice.practitioners()).isNotEmpty();
    assertThat(practice.practitioners()).allMatch(who -> calendars.of(who).isEmpty());
  }

  @Test
  void eachMissingKeyOfEachProviderIsNamed() throws IOException {
    assertThat(errors(practice(BOTH, ""), Map.of()))
        .containsExactly(
            "practitioners[0].calendars[0].provider needs "
                + "GRAPH_CLIENT_ID, GRAPH_CLIENT_SECRET, GRAPH_TOKEN_URL, GRAPH_URL",
            "practitioners[0].calendars[1].provider needs "
                + "GOOGLE_CALENDAR_URL, GOOGLE_SERVICE_ACCOUNT, GOOGLE_TOKEN_URL");
    assertThat(errors(practice(BOTH, ""), FOR_OUTLOOK))
        .singleElement()
        .matches(error -> error.contains("needs GOOGLE_"));
  }

  @Test
  void aPracticeWithOneProviderNeedsTheKeysOfThatOneOnly() throws IOException {
    Practice practice = outlookOnly();

    assertThat(errors(practice, FOR_OUTLOOK)).isEmpty();
    assertThat(calendars(practice).of(practice.practitioners().get(0)))
        .extracting(CalendarBinding::provider)
        .containsExactly(Provider.OUTLOOK);
  }

  @Test
  void aPracticeThatDoesNotCheckAtBookingNeedsNone() throws IOException {
    Practice practice = practice(BOTH, ", \"checkAtBooking\": false");

    assertThat(errors(practice, Map.of())).isEmpty();
    assertThat(calendars(practice).of(practice.practitioners().get(0))).isEmpty();
  }

  /** Only Canvas knows which times staff have freed; the calendar still has the meeting. */
  @Test
  void aCalendarWhoseTimesStaffMayFreeIsNotAsked() throws IOException {
    Practice practice = practice(BOTH, ", \"staffMayFree\": true");

    assertThat(errors(practice, Map.of())).isEmpty();
    assertThat(calendars(practice).of(practice.practitioners().get(0))).isEmpty();
  }

  private static AskedCalendars calendars(Practice practice) {
    return new AskedCalendars(practice, () -> null, () -> null);
  }

  private static List<String> errors(Practice practice, Map<String, String> keys) {
    return new AskedCalendarsNeedKeys(SimulatedKeys.providers(keys))
        .apply(practice).stream().map(FieldError::toString).toList();
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
