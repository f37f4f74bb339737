package clinic.scheduling.system;

import static clinic.scheduling.system.Clinic.seen;
import static clinic.scheduling.system.Patience.inTheEnd;
import static clinic.scheduling.system.Patience.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * One command finds calendar entries that differ from Canvas, repairs them, and reports the
 * repairs.
 */
abstract class WhatIsOutOfStepIsPutRight {
  private final RunningSystem system;
  private final Clinic clinic;
  private final Client client;

  WhatIsOutOfStepIsPutRight(RunningSystem system) {
    this.system = system;
    this.clinic = system.clinic();
    this.client = system.client();
  }

  @Test
  void anEntryThatWasDeletedByHandComesBack() throws Exception {
    Booking booking = client.book(client.person(), client.slot(), UUID.randomUUID().toString());
    inTheEnd(() -> assertThat(clinic.view(booking)).isEqualTo(seen(1, 1)));
    upTo(60).until(system::isSilent); // or the delayed recheck repairs the entry
    clinic.deleteByHand(booking.start());
    assertThat(clinic.outlook(booking.start())).isZero();

    JsonNode plan = clinic.run("reconcile", "{\"dryRun\": true}");
    JsonNode done = clinic.run("reconcile", "");

    assertThat(findings(plan, booking)).containsExactly("missing hint");
    assertThat(findings(done, booking)).containsExactly("missing hint");
    // An Outlook entry is created again only two minutes after it was written: until then, Outlook
    // may merely not show it yet.
    upTo(300).untilAsserted(() -> assertThat(clinic.view(booking)).isEqualTo(seen(1, 1)));
    JsonNode again = clinic.run("reconcile", "");
    assertThat(findings(again, booking)).isEmpty();
    assertThat(clinic.get("/local/runs").path("reconcile").path("answer")).isEqualTo(again);
    assertThat(system.queued()).anyMatch(body -> body.contains("\"hint\":\"reconciliation\""));
  }

  private static List<String> findings(JsonNode answer, Booking booking) {
    return answer
        .path("certificates")
        .valueStream()
        .flatMap(certificate -> certificate.path("findings").valueStream())
        .filter(finding -> finding.path("visit").asText().equals(booking.id()))
        .map(finding -> finding.path("finding").asText() + " " + finding.path("repair").asText())
        .toList();
  }
}
