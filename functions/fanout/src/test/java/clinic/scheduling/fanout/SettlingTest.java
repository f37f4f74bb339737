package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.SampleVisits;
import clinic.scheduling.calendars.entry.CanvasVisit;
import clinic.scheduling.calendars.entry.SimulatedReader;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.visit.ChangeLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A message about a change by the clinic waits for a while; urgent messages do not. */
class SettlingTest {
  private static final SyncRequest NEW = new SyncRequest(true, false, false);
  private static final Duration SETTLING = Duration.ofSeconds(30);
  private final MovableClock clock = new MovableClock(SampleVisits.START.minus(Duration.ofDays(7)));
  private final MemoryRows rows = new MemoryRows(clock);
  private final MemoryQueue<PatientMessage> queue = new MemoryQueue<>(clock);
  private RequestMessage request;

  @BeforeEach
  void practice() throws IOException {
    Practice practice =
        PracticeReader.read(
            Files.readString(Path.of("../../infra/practice.example.json"))
                .replace("\"settleSeconds\": 2", "\"settleSeconds\": 30"));
    request =
        new RequestMessage(
            rows,
            SimulatedReader.on(null, practice, clock, "urn:nobody"),
            null,
            queue,
            practice,
            clock);
  }

  @Test
  void aBookingAndACancellationAreDueAtOnce() {
    at(0, AppointmentStatus.BOOKED);
    assertThat(due()).containsExactly("booked");

    at(0, AppointmentStatus.CANCELLED);
    assertThat(due()).containsExactly("booked", "cancelled");
  }

  @Test
  void aMoveAndARestorationAreDueOnceTheyHaveSettled() {
    at(0, AppointmentStatus.BOOKED);
    at(1, AppointmentStatus.BOOKED);

    clock.move(SETTLING.minusSeconds(1));
    assertThat(due()).containsExactly("booked");
    clock.move(Duration.ofSeconds(1));
    assertThat(due()).containsExactly("booked", "moved");

    at(1, AppointmentStatus.CANCELLED);
    at(1, AppointmentStatus.BOOKED);
    assertThat(due()).containsExactly("booked", "moved", "cancelled");
    clock.move(SETTLING);
    assertThat(due()).containsExactly("booked", "moved", "cancelled", "restored");
  }

  /** The sender drops a message if a newer change is recorded, so two moves become one message. */
  @Test
  void ofTwoMovesWithinTheTimeTheFirstIsOvertakenBeforeItIsDue() {
    at(0, AppointmentStatus.BOOKED);
    at(1, AppointmentStatus.BOOKED);
    clock.move(SETTLING.minusSeconds(1));
    at(2, AppointmentStatus.BOOKED);
    clock.move(Duration.ofSeconds(1));

    assertThat(keys(queue.due())).containsExactly("0", "1");
    assertThat(lastRecorded()).isEqualTo(2);

    clock.move(SETTLING);
    assertThat(keys(queue.due())).containsExactly("0", "1", "2");
  }

  private void at(int hours, AppointmentStatus status) {
    Interval time =
        Interval.of(SampleVisits.START.plus(Duration.ofHours(hours)), Duration.ofMinutes(30));
    CanvasVisit visit = SampleVisits.at(Optional.of(time), status);
    Appointment now = appointment(time.start(), time.end(), status);
    VisitThread thread = new VisitThread(now, new Versioned<>(now, clock.instant()), Set.of());
    request.request(visit, Optional.of(thread), NEW, "bk-1");
  }

  private static Appointment appointment(Instant start, Instant end, AppointmentStatus status) {
    return new Appointment(
        "Appointment",
        SampleVisits.ROOT,
        null,
        null,
        status.code(),
        null,
        null,
        null,
        null,
        start.toString(),
        end.toString(),
        List.of());
  }

  private List<String> due() {
    return queue.due().stream().map(PatientMessage::change).toList();
  }

  private static List<String> keys(List<PatientMessage> messages) {
    return messages.stream().map(one -> one.messageKey().replaceFirst(".*#", "")).toList();
  }

  private int lastRecorded() {
    return new ChangeLog(rows, clock).read(SampleVisits.ROOT).orElseThrow().sequence();
  }
}
