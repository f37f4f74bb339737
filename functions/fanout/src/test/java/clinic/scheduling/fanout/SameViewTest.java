package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.ChangeLog;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The fan-out records the same fingerprint of a visit that the confirmations compute. */
@QuarkusTest
class SameViewTest extends SyncCase {
  @Inject Practice practice;

  @Test
  void theRecordedFingerprintIsTheOneOfTheAppointment() {
    String visit = booked();
    deliver(visit);
    assertThat(recorded(visit)).isPresent().isEqualTo(seen(visit));

    staff()
        .reschedule(visit, start().plus(Duration.ofDays(50)), Optional.empty(), Optional.empty());
    assertThat(recorded(visit)).isNotEqualTo(seen(visit));
    deliver(visit);
    assertThat(recorded(visit)).isPresent().isEqualTo(seen(visit));
  }

  @Test
  void soItIsForAVisitThatIsOff() {
    String visit = booked();
    deliver(visit);
    staff().cancel(visit);
    deliver(visit);

    assertThat(recorded(visit)).contains(PatientFingerprint.GONE).isEqualTo(seen(visit));
  }

  private Optional<String> recorded(String root) {
    return new ChangeLog(rows, clock).read(root).map(ChangeLog.ChangeRecord::fingerprint);
  }

  private Optional<String> seen(String root) {
    return VisitThread.of(root, canvas).flatMap(thread -> PatientFingerprint.of(thread.current()));
  }
}
