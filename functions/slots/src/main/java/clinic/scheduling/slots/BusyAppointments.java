package clinic.scheduling.slots;

import clinic.scheduling.canvas.BusyTimes;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VacatedTimes;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Practice;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * When appointments in Canvas keep a clinician busy, kept for a few seconds. Canvas leaves such
 * times out of its slots already, but late, and without buffers.
 */
@Singleton
class BusyAppointments {
  private final Canvas canvas;
  private final Clock clock;
  private final Practice practice;
  private final ConcurrencyLimit lane;
  private final VersionedCache<Question, Shown> kept;

  BusyAppointments(Canvas canvas, Practice practice, SlotsSettings.Searches searches, Clock clock) {
    this.canvas = canvas;
    this.clock = clock;
    this.practice = practice;
    this.lane =
        new ConcurrencyLimit(Unavailable.Reason.APPOINTMENTS_UNREADABLE, searches.atOnce(), clock);
    this.kept = new VersionedCache<>(clock);
  }

  @PreDestroy
  void stop() {
    lane.close();
  }

  /**
   * What Canvas shows.
   *
   * @param busy times with the buffers of what stands there
   * @param appointments each of them, also what is off
   */
  record Shown(List<Interval> busy, List<VacatedTimes.Shown> appointments) {}

  /**
   * @param practitioner the Canvas staff key
   * @param stamp of the clinician's holds, on its way; another one makes what is kept stale
   */
  CompletableFuture<Shown> of(
      String practitioner, Interval window, CompletableFuture<String> stamp, Instant deadline) {
    Question question =
        new Question(
            practitioner,
            dayOf(window.start()).minusDays(1), // a visit that began the day before may last
            dayOf(window.end()).plusDays(2));
    return kept.get(
        question,
        stamp,
        () -> lane.call(deadline, () -> read(question, new Deadline(deadline, clock))));
  }

  private Shown read(Question question, Deadline deadline) {
    List<Appointment> found =
        canvas.appointmentsOf(question.practitioner(), question.from(), question.to(), deadline);
    return new Shown(
        BusyTimes.of(found, question.practitioner(), practice),
        found.stream().map(VacatedTimes.Shown::of).toList());
  }

  private static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private record Question(String practitioner, LocalDate from, LocalDate to) {}
}
