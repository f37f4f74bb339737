package clinic.scheduling.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/**
 * Checks that no log, no queue message (dead letters included) and no row of the table names a
 * patient.
 */
final class NothingIsTold {
  private NothingIsTold() {}

  /** Searches for the data of all persons who have booked on the system so far. */
  static void by(RunningSystem system) throws Exception {
    Canaries canaries = new Canaries(system.client().persons());
    Map<String, String> logs = system.logs().texts();
    assertThat(logs.keySet()).anyMatch(name -> name.startsWith("SendMessage-"));
    logs.forEach((name, text) -> assertThat(canaries.in(text)).as(name).isEmpty());

    assertThat(system.queued()).anyMatch(body -> body.contains("messageKey"));
    system.queued().forEach(body -> assertThat(canaries.in(body)).as(body).isEmpty());

    String table = new Aws(system.stores()).table();
    assertThat(table).contains("leaseUntil");
    assertThat(canaries.in(table)).as("the table").isEmpty();
  }
}
