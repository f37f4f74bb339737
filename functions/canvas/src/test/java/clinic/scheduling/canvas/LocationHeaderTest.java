package clinic.scheduling.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The id of a created resource is found in every form of the header that Canvas has used. */
class LocationHeaderTest {
  private static final String ID = "1a4f6c2e-90b3-4d57-8e21-7c6b5a493801";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://fumage-example.canvasmedical.com/Appointment/" + ID,
        "http://fumage-example.canvasmedical.com/Appointment/" + ID + "/_history/1",
        "/Appointment/" + ID,
        "Appointment/" + ID,
        " http://localhost:8090/canvas/Appointment/" + ID + "/_history/12 ",
        "/Appointment/" + ID + "?x=1"
      })
  void everyKnownFormNamesTheId(String location) {
    assertThat(LocationHeader.idOf("Appointment", location)).contains(ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/Patient/" + ID, "/Appointment/", "/Appointment/a b", "/XAppointment/" + ID})
  void nothingElseDoes(String location) {
    assertThat(LocationHeader.idOf("Appointment", location)).isEmpty();
  }

  @Test
  void anOverlongIdIsNoId() {
    assertThat(LocationHeader.idOf("Appointment", "/Appointment/" + "a".repeat(65))).isEmpty();
  }
}
