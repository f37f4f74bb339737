package clinic.scheduling.simulation;

import clinic.scheduling.canvas.SimulatedCanvas;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.UnavailableException;
import jakarta.ws.rs.ProcessingException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Canvas as one process reaches it: 429, 503, answers that get lost, tokens that have expired. */
final class CanvasView implements SimulatedCanvas.World {
  private static final int LOST_MILLIS = 4_000;
  private static final double UNAVAILABLE_PERCENT = 2.5;
  private static final double THROTTLED_PERCENT = 2.5;

  private final Run run;
  private final Process process;

  CanvasView(Run run, Process process) {
    this.run = run;
    this.process = process;
  }

  @Override
  public String token() {
    return process.effect(
        Boundary.CANVAS_TOKEN,
        () -> {
          if (trouble(5)) {
            run.tally.count(Counted.UNAVAILABLE);
            throw new UnavailableException("canvas-auth", Duration.ofSeconds(5));
          }
          return run.canvas.newToken();
        });
  }

  @Override
  public Duration tokenLife() {
    return Duration.ofHours(10);
  }

  @Override
  public Optional<Appointment> appointment(String bearer, String id) {
    return call(
        bearer,
        () -> {
          Optional<Clinic.Document> found =
              process.isBlind ? Optional.empty() : run.canvas.document(id);
          found
              .filter(Clinic.Document::current)
              .ifPresent(it -> process.work.served = it.version());
          return found.map(Clinic.Document::body);
        });
  }

  @Override
  public Optional<Patient> patient(String bearer, String id) {
    return call(bearer, () -> run.canvas.patient(id));
  }

  @Override
  public List<Appointment> appointments(
      String bearer, String practitioner, LocalDate from, LocalDate to) {
    return call(bearer, () -> process.isBlind ? List.of() : run.canvas.of(practitioner, from, to));
  }

  @Override
  public List<Appointment> appointmentsOfPatient(String bearer, String patient, LocalDate from) {
    return call(bearer, () -> run.canvas.ofPatient(patient, from));
  }

  private <T> T call(String bearer, Supplier<T> answer) {
    return process.effect(
        Boundary.CANVAS_READ,
        () -> {
          trouble();
          if (!run.canvas.accepts(bearer)) {
            run.tally.count(Counted.TOKEN_EXPIRED);
            throw new SimulatedCanvas.Refusal(401, 0);
          }
          return answer.get();
        });
  }

  private void trouble() {
    if (run.weather.canvasIsOut() && run.chance.percent(95) || trouble(UNAVAILABLE_PERCENT)) {
      run.tally.count(Counted.UNAVAILABLE);
      throw new SimulatedCanvas.Refusal(503, 0);
    }
    if (trouble(THROTTLED_PERCENT)) {
      run.tally.count(Counted.THROTTLED);
      throw new SimulatedCanvas.Refusal(429, run.chance.between(1, 8));
    }
    if (trouble(0.5)) {
      run.tally.count(Counted.ANSWER_LOST);
      process.waits(LOST_MILLIS);
      throw new ProcessingException("timed out");
    }
  }

  private boolean trouble(double percent) {
    return !run.weather.isClear() && run.chance.percent(percent);
  }
}
