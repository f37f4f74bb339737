package clinic.scheduling.simulation;

import clinic.scheduling.canvas.SimulatedCanvas;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.UnavailableException;
import jakarta.ws.rs.ProcessingException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Canvas as one process sees it: 429, 503, lost responses, expired tokens. */
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
        EffectKind.CANVAS_TOKEN,
        () -> {
          if (trouble(5)) {
            run.result.count(Counter.UNAVAILABLE);
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
          Optional<Truth.Document> found =
              process.isBlind ? Optional.empty() : run.canvas.document(id);
          found.filter(Truth.Document::current).ifPresent(it -> process.work.served = it.version());
          return found.map(Truth.Document::body);
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

  @Override
  public List<Appointment> appointmentsByIdentifier(String bearer, String value) {
    return call(bearer, () -> run.canvas.named(value));
  }

  @Override
  public String create(String bearer, Appointment appointment) {
    return write(EffectKind.CANVAS_CREATE, bearer, () -> run.canvas.create(appointment));
  }

  @Override
  public void update(String bearer, Instant unmodifiedSince, String id, Appointment sent) {
    write(
        EffectKind.CANVAS_UPDATE,
        bearer,
        () -> {
          run.canvas.update(id, unmodifiedSince, sent);
          return id;
        });
  }

  @Override
  public Optional<Instant> now() {
    return run.size.hasMeetings()
        ? Optional.of(Instant.ofEpochMilli(run.time.now()))
        : Optional.empty();
  }

  /** A write may succeed without an answer. */
  private <T> T write(EffectKind what, String bearer, Supplier<T> effect) {
    return process.effect(
        what,
        () -> {
          T answer = answer(bearer, effect);
          if (trouble(4)) {
            run.result.count(Counter.WRITE_UNANSWERED);
            process.waits(LOST_MILLIS);
            throw new ProcessingException("timed out");
          }
          return answer;
        });
  }

  private <T> T answer(String bearer, Supplier<T> answer) {
    trouble();
    if (!run.canvas.accepts(bearer)) {
      run.result.count(Counter.TOKEN_EXPIRED);
      throw new SimulatedCanvas.Refusal(401, 0);
    }
    return answer.get();
  }

  private <T> T call(String bearer, Supplier<T> answer) {
    return process.effect(EffectKind.CANVAS_READ, () -> answer(bearer, answer));
  }

  private void trouble() {
    if (run.faults.canvasIsOut() && run.random.percent(95) || trouble(UNAVAILABLE_PERCENT)) {
      run.result.count(Counter.UNAVAILABLE);
      throw new SimulatedCanvas.Refusal(503, 0);
    }
    if (trouble(THROTTLED_PERCENT)) {
      run.result.count(Counter.THROTTLED);
      throw new SimulatedCanvas.Refusal(429, run.random.between(1, 8));
    }
    if (trouble(0.5)) {
      run.result.count(Counter.ANSWER_LOST);
      process.waits(LOST_MILLIS);
      throw new ProcessingException("timed out");
    }
  }

  private boolean trouble(double percent) {
    return !run.faults.isClear() && run.random.percent(percent);
  }
}
