package clinic.scheduling.system;

import static clinic.scheduling.system.Patience.inTheEnd;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The answer 201 is a promise: the patient is told of a cancellation even if the visit was
 * cancelled before SyncCalendars saw it.
 */
abstract class WhoeverWasPromisedAVisitHearsThatItIsOff {
  private static final String UNREADABLE =
      "{\"match\": {\"method\": \"GET\", \"pathPrefix\": \"/Appointment/\"},"
          + " \"kind\": \"status\", \"status\": 503, \"times\": 1000}";

  private final Clinic clinic;
  private final Client client;

  WhoeverWasPromisedAVisitHearsThatItIsOff(RunningSystem system) {
    this.clinic = system.clinic();
    this.client = system.client();
  }

  @Test
  void staffCancelBeforeTheFanOutCanReadTheVisit() throws Exception {
    clinic.fault("canvas", UNREADABLE);
    Booking booking;
    try {
      booking = client.book();
      clinic.cancel(booking.id());
    } finally {
      clinic.noFaults();
    }

    inTheEnd(() -> assertThat(subjects(booking)).hasSize(1));
    assertThat(subjects(booking).get(0)).containsIgnoringCase("cancelled");
  }

  @Test
  void thePatientCancelsAtOnce() throws Exception {
    Booking booking = client.book();

    assertThat(client.cancel(booking).status()).isEqualTo(200);

    inTheEnd(() -> assertThat(subjects(booking)).anyMatch(it -> it.contains("cancelled")));
    assertThat(subjects(booking)).filteredOn(it -> it.contains("cancelled")).hasSize(1);
  }

  private List<String> subjects(Booking booking) throws Exception {
    return clinic.messages(booking.person().email()).stream()
        .map((JsonNode mail) -> mail.path("subject").asText())
        .toList();
  }
}
