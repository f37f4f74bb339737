package clinic.scheduling.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Identifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Staff may give a patient to a block of ours. The visit that they make of it was not booked
 * through us, although the appointment has an identifier of ours.
 */
class VisitOfABlockTest {
  private static final String SYSTEM = "urn:example:ours";

  @Test
  void theNameOfABlockIsNoBooking() {
    VisitThread visit = visit(new BlockName("0".repeat(32), 0).text());

    assertThat(visit.bookingId(SYSTEM)).isEmpty();
    assertThat(visit.isPromised(SYSTEM)).isFalse();
  }

  @Test
  void anyOtherIdentifierOfOursIs() {
    VisitThread visit = visit("9f0e-1");

    assertThat(visit.bookingId(SYSTEM)).contains("9f0e-1");
    assertThat(visit.isPromised(SYSTEM)).isTrue();
  }

  private static VisitThread visit(String identifier) {
    Appointment one =
        new Appointment(
            "Appointment",
            "a",
            null,
            List.of(Identifier.usual(SYSTEM, identifier)),
            "booked",
            null,
            null,
            null,
            List.of(),
            "2027-02-03T17:00:00Z",
            "2027-02-03T18:00:00Z",
            List.of());
    return VisitThread.of(
        new Versioned<>(one, Instant.EPOCH), id -> Optional.<Versioned<Appointment>>empty());
  }
}
