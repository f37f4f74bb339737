package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.StatusTable;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** For each status, calendars and messages do what {@code docs/appointment-statuses.md} says. */
@QuarkusTest
class EachStatusTest extends SyncCase {

  static List<Arguments> outcomes() {
    return StatusTable.of("calendars", "told");
  }

  @ParameterizedTest(name = "{0}: {1}, told {2}")
  @MethodSource("outcomes")
  void isAsTheTableSays(String status, String entries, String told) {
    String visit = booked();
    deliver(visit);
    staff().show(visit, status);

    assertThat(deliver(visit)).isEmpty();

    assertThat(calendars.outlook(INGRIDS)).hasSize(entries.equals("entry") ? 1 : 0);
    assertThat(calendars.google(INGRIDS)).hasSize(entries.equals("entry") ? 1 : 0);
    assertThat(told())
        .isEqualTo(told.equals("nothing") ? List.of("0 booked") : List.of("0 booked", "1 " + told));
    assertThat(log.text().contains("unclear-visit"))
        .isEqualTo(status.equals(StatusTable.UNHEARD_OF));
  }
}
