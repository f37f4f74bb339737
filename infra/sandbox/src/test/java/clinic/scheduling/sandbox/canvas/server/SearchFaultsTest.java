package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.World;
import clinic.scheduling.sandbox.canvas.faults.Faults;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests can make every search fail, also for one schedule or practitioner only, until they clear
 * the faults.
 */
class SearchFaultsTest {
  private static final String SLOTS =
      "/Slot?start=2027-03-16&end=2027-03-16&schedule=Location.%d-Staff.%s";

  @ParameterizedTest
  @ValueSource(strings = {"/Slot", "/Appointment", "/Schedule", "/Practitioner"})
  void everySearchFailsInEveryWay(String path) throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      Faults faults = canvas.canvas.faults();
      String search = path + "?schedule=" + RunningCanvas.INGRID_HARBOR;
      String right = canvas.get(search).text();

      faults.add(Fault.status(429, "GET", path));
      faults.add(Fault.status(429, "GET", path).retryAfter("3"));
      assertThat(canvas.get(search).http().headers().firstValue("Retry-After")).isEmpty();
      assertThat(canvas.get(search).header("Retry-After")).isEqualTo("3");

      faults.add(Fault.once(Fault.Kind.HTML, "GET", path));
      assertThat(canvas.get(search).text()).startsWith("<html>");

      faults.add(Fault.once(Fault.Kind.CUT, "GET", path).untilCleared());
      assertThatThrownBy(() -> canvas.get(search)).isInstanceOf(IOException.class);
      faults.clear();

      faults.add(Fault.once(Fault.Kind.SLOW, "GET", path).delayMs(50));
      long before = System.nanoTime();
      assertThat(canvas.get(search).text()).isEqualTo(right);
      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(50_000_000L);
      assertThat(faults.waiting()).isEmpty();
    }
  }

  @Test
  void onlyTheNamedScheduleIsMet() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas
          .canvas
          .faults()
          .add(Fault.status(503, "GET", "/Slot").query(World.INGRID).untilCleared());

      assertThat(canvas.get(SLOTS.formatted(2, World.OMAR)).status()).isEqualTo(200);
      for (int call = 0; call < 5; call++) {
        assertThat(canvas.get(SLOTS.formatted(1, World.INGRID)).status()).isEqualTo(503);
      }

      canvas.canvas.faults().clear();
      assertThat(canvas.get(SLOTS.formatted(1, World.INGRID)).status()).isEqualTo(200);
    }
  }

  @Test
  void theQueryIsComparedDecodedAndListed() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String fault =
          "{\"kind\":\"status\",\"times\":2147483647,"
              + "\"match\":{\"pathPrefix\":\"/Appointment\",\"query\":\"Practitioner/%s\"}}";
      canvas.control("POST", "/faults", fault.formatted(World.INGRID));

      String search = "/Appointment?practitioner=Practitioner%2F";
      assertThat(canvas.get(search + World.OMAR).status()).isEqualTo(200);
      assertThat(canvas.get(search + World.INGRID).status()).isEqualTo(503);

      var listed = canvas.control("GET", "/faults", "").json().path(0);
      assertThat(listed.at("/match/query").asText()).isEqualTo("Practitioner/" + World.INGRID);
      assertThat(listed.path("times").asInt()).isEqualTo(Fault.UNTIL_CLEARED);
    }
  }

  @Test
  void staleSlotsAreFreeWhereAVisitWasJustBooked() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String search = SLOTS.formatted(1, World.INGRID) + "&duration=30";
      String before = canvas.get(search).text();
      canvas.create(RunningCanvas.visit());
      canvas.canvas.faults().add(Fault.once(Fault.Kind.STALE_READ, "GET", "/Slot"));

      assertThat(canvas.get(search).text()).isEqualTo(before);
      assertThat(canvas.get(search).text()).isNotEqualTo(before);
    }
  }
}
