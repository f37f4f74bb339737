package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CatalogAndHealthTest extends FindSlotsCase {

  @Test
  void theCatalogHasAllThatABookingSiteNeedsToAsk() {
    JsonNode catalog = get("/catalog", "").body();

    assertThat(catalog.at("/visitTypes/1/id").asText()).isEqualTo("video");
    assertThat(catalog.at("/visitTypes/1/durations").toString()).isEqualTo("[20,30]");
    assertThat(catalog.at("/visitTypes/0/reasons/1/code").asText()).isEqualTo("FU");
    assertThat(catalog.at("/locations/0/zone").asText()).isEqualTo("America/Los_Angeles");
    JsonNode ingrid = catalog.at("/practitioners/0");
    assertThat(ingrid.path("id").asText()).isEqualTo(INGRID);
    assertThat(ingrid.path("licensedStates").toString()).isEqualTo("[\"CA\",\"OR\"]");
    assertThat(ingrid.path("locations").toString()).isEqualTo("[\"harbor\",\"virtual\"]");
  }

  @Test
  void theCatalogNamesNoMailboxAndNoKeyOfCanvas() {
    assertThat(get("/catalog", "").raw().getBody())
        .doesNotContain("@", OutsideWorld.INGRID, "INTERNAL");
  }

  @Test
  void aStateIsListedUntilTheLicenceEndsWhereTheClinicianWorks() {
    at("2027-01-01T07:59:00Z");
    assertThat(get("/catalog", "").body().at("/practitioners/1/licensedStates")).hasSize(1);

    at("2027-01-01T08:01:00Z");
    assertThat(get("/catalog", "").body().at("/practitioners/1/licensedStates")).isEmpty();
  }

  @Test
  void healthSaysWhichBuildThisIsAndAsksNobody() {
    sandbox.canvas().faults().add(Fault.status(500, "", "/").times(1));

    JsonNode health = get("/health", "").body();

    assertThat(health.path("status").asText()).isEqualTo("ok");
    assertThat(health.path("version").asText()).isNotBlank();
    assertThat(health.path("commit").asText()).isEqualTo("abc1234");
    assertThat(sandbox.canvas().faults().waiting()).hasSize(1);
  }
}
