package clinic.scheduling.slots;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.VisitType;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What stands in Canvas for one clinician, visits and blocked time, with the buffers of visit types
 * that the practice knows; kept for a few seconds. Canvas leaves such times out of its slots
 * already, but late, and without buffers.
 */
@Singleton
class BusyTimes {
  private final Canvas canvas;
  private final Practice practice;
  private final Lane lane;
  private final Kept<Question, List<Interval>> kept;

  BusyTimes(
      Canvas canvas,
      Practice practice,
      @ConfigProperty(name = "SLOT_SEARCHES_AT_ONCE", defaultValue = "16") int atOnce,
      Clock clock) {
    this.canvas = canvas;
    this.practice = practice;
    this.lane = new Lane(Unavailable.Reason.APPOINTMENTS_UNREADABLE, atOnce, clock);
    this.kept = new Kept<>(SlotSearch.TIMES_KEPT, SlotSearch.MOST_KEPT, clock);
  }

  @PreDestroy
  void stop() {
    lane.close();
  }

  /**
   * @param practitioner the Canvas staff key
   * @param stamp of the clinician's holds; another one makes what is kept stale
   */
  CompletableFuture<List<Interval>> of(
      String practitioner, Interval window, String stamp, Instant deadline) {
    Question question =
        new Question(
            practitioner,
            dayOf(window.start()).minusDays(1), // a visit that began the day before may last
            dayOf(window.end()).plusDays(2),
            stamp);
    return kept.get(question, () -> lane.call(deadline, () -> read(question)));
  }

  private List<Interval> read(Question question) {
    return canvas.appointmentsOf(question.practitioner(), question.from(), question.to()).stream()
        .filter(one -> isTheirs(one, question.practitioner()))
        .filter(one -> one.knownStatus().map(AppointmentStatus::occupiesTime).orElse(true))
        .map(this::withBuffers)
        .toList();
  }

  private static boolean isTheirs(Appointment one, String practitioner) {
    return one.practitioner().map(practitioner::equals).orElseThrow(BusyTimes::unreadable);
  }

  private Interval withBuffers(Appointment one) {
    Interval time = one.time().orElseThrow(BusyTimes::unreadable);
    return typeOf(one)
        .map(type -> time.widened(type.bufferBefore(), type.bufferAfter()))
        .orElse(time);
  }

  private Optional<VisitType> typeOf(Appointment one) {
    return Optional.ofNullable(one.appointmentType())
        .flatMap(CodeableConcept::first)
        .flatMap(
            coding ->
                practice.visitTypeByCoding(
                    String.valueOf(coding.system()), String.valueOf(coding.code())));
  }

  private static UnavailableException unreadable() {
    return new UnavailableException(
        "canvas: an appointment that cannot be read", Duration.ofSeconds(5));
  }

  private static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private record Question(String practitioner, LocalDate from, LocalDate to, String stamp) {}
}
